/** The alarms an operator would have seen, and how each failure fared. */
import { lifeUnit, type TimeKind } from "../core/time.ts";
import type { AlarmTable } from "./alarm-table.ts";
import type { Alarm, FailureOutcome } from "./metrics.ts";

/**
 * The rows at which an alarm is raised, ascending: those whose score is high while none is open for that machine. A machine's
 * rows are gone through in time order, whichever fold they belong to.
 * @param high 1 where the score is at or above the row's threshold, one a row
 */
export function raiseAlarms({ next }: AlarmTable, high: Uint8Array): number[] {
  const raised: number[] = [];
  for (let row = 0; row < high.length; ) {
    if (high[row] === 1) {
      raised.push(row);
      row = next[row];
    } else row++;
  }
  return raised;
}

/** The alarms raised at the rows, in their order: by machine, then time. */
export function alarmsRaised(table: AlarmTable, raised: readonly number[]): Alarm[] {
  return raised.map((row, i) => ({
    machine: table.rows.machine[row],
    raisedAt: table.rows.cutoff[row],
    closedAt: table.closedAt[row],
    verdict: table.verdict[row],
    ...(continuesLast(table, raised, i) ? { continues: true as const } : {}),
  }));
}

/** Whether the i-th alarm was raised at the first row after the one before lapsed at its horizon, on the same machine. */
export function continuesLast({ rows, lapses, next }: AlarmTable, raised: readonly number[], i: number): boolean {
  if (i === 0) return false;
  const before = raised[i - 1];
  return rows.machine[before] === rows.machine[raised[i]] && lapses[before] === 1 && next[before] === raised[i];
}

/** How each failure with an evaluated row in the horizon before it fared, by machine, then time. */
export function failureOutcomes(table: AlarmTable, raised: readonly number[], time: TimeKind): FailureOutcome[] {
  const { events, rows, lateFrom, caughtFrom, caughtTo } = table;
  const caughtBy = new Array<number | undefined>(events.length);
  const lateBy = new Array<number | undefined>(events.length);
  for (const row of raised) {
    for (let event = caughtFrom[row]; event < caughtTo[row]; event++) caughtBy[event] ??= row;
    for (let event = lateFrom[row]; event < caughtFrom[row]; event++) lateBy[event] ??= row;
  }
  return events.map(({ machine, component, time: at, counted }, event) => {
    const first = caughtBy[event] ?? lateBy[event];
    const fared = caughtBy[event] !== undefined ? "caught" : first !== undefined ? "late" : "missed";
    return {
      machine,
      component,
      time: at,
      outcome: counted ? fared : "partly observed",
      warning: first === undefined ? null : (at - rows.cutoff[first]) / lifeUnit(time),
    };
  });
}
