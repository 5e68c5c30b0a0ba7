/** What an alarm raised at each row would come to: it does not depend on the threshold, so it is found once and looked up for many. */
import { ForewarnError } from "../core/errors.ts";
import type { Cutoffs } from "../core/matrix.ts";
import type { AlarmContext } from "./alarm-context.ts";
import { type FailureEvent, failureEvents } from "./failure-events.ts";
import type { Alarm } from "./metrics.ts";
import { watchedRows } from "./watched-rows.ts";

export interface AlarmTable {
  rows: Cutoffs;
  horizon: number;
  /** The failures with an evaluated row in the horizon before them, sorted by machine, then time. */
  events: readonly (FailureEvent & {
    /** Whether [failure - horizon, failure - leadTime] lies wholly in evaluated rows; the others are partly observed. */
    counted: boolean;
  })[];
  /** When an alarm raised at the row would close. */
  closedAt: Float64Array;
  /** The first later row at which that alarm is no longer open; the first of the next machine where there is none. */
  next: Uint32Array;
  /** 1 where that alarm would end by its horizon alone. */
  lapses: Uint8Array;
  verdict: readonly Alarm["verdict"][];
  /** The events it would warn of too late: `lateFrom` up to `caughtFrom`. */
  lateFrom: Uint32Array;
  /** The events it would catch: `caughtFrom` up to `caughtTo`. */
  caughtFrom: Uint32Array;
  caughtTo: Uint32Array;
  /** The time each machine was observed in its evaluated rows, in microseconds or cycles. */
  observed: Float64Array;
}

/**
 * An alarm raised at a speaks for (a, a + horizon]. It closes at its horizon, or at the first failure or planned replacement in
 * between (a repair comes after the failure that closed it, and between the two the machine is out of observation);
 * a cutoff at the very instant of that outcome does not know of it yet, so no alarm is raised there.
 * @throws PIPELINE_LEAD_TIME unless 0 <= leadTime <= horizon
 */
export function alarmTable(
  rows: Cutoffs,
  { history, cutoffs, every, horizon, leadTime = 0 }: AlarmContext,
): AlarmTable {
  if (!(leadTime >= 0 && leadTime <= horizon)) throw badLeadTime(leadTime, horizon);
  const watched = watchedRows(rows, cutoffs, every);
  const events = failureEvents(history)
    .filter(({ machine, time }) => watched.touches(machine, time - horizon, time - 1))
    .map((event) => {
      const lastUseful = event.time - Math.max(leadTime, 1);
      return { ...event, counted: watched.covers(event.machine, event.time - horizon, lastUseful) };
    });
  const count = rows.cutoff.length;
  const table = {
    rows,
    horizon,
    events,
    closedAt: new Float64Array(count),
    next: new Uint32Array(count),
    lapses: new Uint8Array(count),
    verdict: new Array<Alarm["verdict"]>(count),
    lateFrom: new Uint32Array(count),
    caughtFrom: new Uint32Array(count),
    caughtTo: new Uint32Array(count),
    observed: watched.observed,
  };
  const plannedOf = timesByMachine(rows.machines.length, history.planned);
  const closingsOf = timesByMachine(rows.machines.length, [...history.planned, ...events]);
  let machineEnd = 0;
  let next = 0;
  for (let row = 0; row < count; row++) {
    const machine = rows.machine[row];
    const at = rows.cutoff[row];
    if (row === machineEnd) while (machineEnd < count && rows.machine[machineEnd] === machine) machineEnd++;
    const late = firstEvent(events, machine, at, false);
    const caught = Math.max(late, firstEvent(events, machine, at + leadTime, true));
    const beyond = firstEvent(events, machine, at + horizon, false);
    table.lateFrom[row] = late;
    table.caughtFrom[row] = caught;
    table.caughtTo[row] = beyond;
    const outcome = firstAfter(closingsOf[machine], at);
    const planned = outcome <= at + horizon && firstAfter(plannedOf[machine], at) === outcome;
    table.verdict[row] = beyond > caught ? "true" : beyond > late ? "late" : planned ? "planned" : "false";
    table.closedAt[row] = Math.min(outcome, at + horizon);
    table.lapses[row] = outcome > at + horizon ? 1 : 0;
    // A later alarm never closes earlier, so one pointer serves all rows.
    next = Math.max(next, row + 1);
    while (next < machineEnd && rows.cutoff[next] < at + horizon && rows.cutoff[next] <= outcome) next++;
    table.next[row] = next;
  }
  return table;
}

function timesByMachine(machines: number, happenings: readonly { machine: number; time: number }[]): Float64Array[] {
  const times = Array.from({ length: machines }, (): number[] => []);
  for (const { machine, time } of happenings) times[machine].push(time);
  return times.map((list) => Float64Array.from(list).sort());
}

/** The first of the sorted times after `at`; Infinity where there is none. */
function firstAfter(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low < times.length ? times[low] : Number.POSITIVE_INFINITY;
}

/** The position of the machine's first event after `at` (or at it, when `including`). */
function firstEvent(events: AlarmTable["events"], machine: number, at: number, including: boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = events[middle];
    const before = event.machine - machine || event.time - at;
    if (before < 0 || (before === 0 && !including)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function badLeadTime(leadTime: number, horizon: number): ForewarnError {
  return new ForewarnError("PIPELINE_LEAD_TIME", {
    problem: "the lead time leaves no room for an alarm",
    expected: `0 or more, and at most the horizon of ${horizon}`,
    found: String(leadTime),
    where: "evaluate.leadTime",
  });
}
