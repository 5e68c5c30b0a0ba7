/** When each machine of a fleet was in observation. */
import type { Events, Fleet, Grouped } from "../core/fleet.ts";
import type { TimeKind } from "../core/time.ts";
import { eventTable } from "./event-table.ts";
import type { Failure, History } from "./labels.ts";
import { gapsBetween, mergeSpans, type Span } from "./spans.ts";
import { telemetrySpan } from "./telemetry-span.ts";

/** Disjoint intervals of being in observation, sorted by machine, then time; those of machine m are `offsets[m]` to `offsets[m + 1]`. */
export interface Observation extends Grouped {
  time: TimeKind;
  /** The first instant of each interval. */
  from: Float64Array;
  /** The instant after the last one of each interval (time is whole microseconds or cycles). */
  to: Float64Array;
  /** One a machine: the last instant that could be observed (last telemetry, retirement, or the failure that ended it). -Infinity without telemetry. */
  end: Float64Array;
  /** One a machine: 1 where the failure at `end` ended the observation (run to failure). */
  endedByFailure: Uint8Array;
  /** One a failure of the history: the first instant out of observation because of it. A label does not mind this outage if it sees the failure. */
  outageFrom: Float64Array;
  /** One a failure: the instant after its outage; Infinity where the failure ended the observation. */
  outageTo: Float64Array;
}

export interface ObserveOptions {
  /** Out of observation while the newest known reading is older, in the fleet's time unit. Default: 3 x every; without `every` none is too old. */
  stale?: number;
  /** The grid of cutoffs, in the fleet's time unit. Default: none. */
  every?: number;
  /** The event table of downtimes, with an end a row. Default: "downtime", where there is one. */
  downtime?: string;
}

/**
 * A machine is in observation from its first to its last telemetry, but not while down, after its retirement, while its newest known
 * reading is older than `stale`, or from a failure until its repair (only at the failure's instant where no repair comes before the
 * machine's next failure, of whatever component, or the end). A table that `endsObservation` ends it at its first event, even past the
 * last telemetry (nothing is stale between the two); so does a failure at the very last telemetry that is never repaired.
 *
 * The outage of a failure is what a label that sees the failure does not mind: all that is out without a break from its instant on; a
 * downtime it touches; and, if readings stopped at most `stale` before it, all until they come back.
 * @throws PIPELINE_TABLE_MISSING when a `downtime` that was asked for is not a table of the fleet.
 */
export function observe(fleet: Fleet, history: History, options: ObserveOptions): Observation {
  const stale = options.stale ?? (options.every === undefined ? undefined : 3 * options.every);
  const downtime = downtimeTable(fleet, options.downtime);
  const machines = fleet.machines.length;
  const end = new Float64Array(machines);
  const endedByFailure = new Uint8Array(machines);
  const outageFrom = new Float64Array(history.failures.length);
  const outageTo = new Float64Array(history.failures.length);
  const offsets = new Uint32Array(machines + 1);
  const spans: Span[] = [];
  let next = 0;
  for (let machine = 0; machine < machines; machine++) {
    const begin = next;
    while (history.failures[next]?.machine === machine) next++;
    const failures = history.failures.slice(begin, next);
    const { first, last } = telemetrySpan(fleet, machine);
    const ending = endOf(fleet, machine, failures, last);
    end[machine] = ending.at;
    endedByFailure[machine] = ending.byFailure ? 1 : 0;

    const whole = { from: first, to: ending.at + 1 };
    const downs = downtime === undefined ? [] : downtimesOf(downtime, machine);
    const silences = stale === undefined ? [] : silencesOf(fleet, machine, whole, last, stale);
    const repairs = failures.map((failure) => repairOf(failure, failures, ending.at));
    const out = mergeSpans([...downs, ...silences, ...repairs]);
    // One by one: as arguments of one call, the intervals of a machine that often falls silent overflow the stack.
    for (const span of gapsBetween(whole, out)) spans.push(span);
    offsets[machine + 1] = spans.length;
    for (const [i, { time }] of failures.entries()) {
      const outage = outageOf(time, out, downs, silences, stale ?? 0);
      outageFrom[begin + i] = outage.from;
      outageTo[begin + i] =
        ending.byFailure && time === ending.at ? Number.POSITIVE_INFINITY : Math.min(outage.to, whole.to);
    }
  }
  const from = Float64Array.from(spans, (span) => span.from);
  const to = Float64Array.from(spans, (span) => span.to);
  return { time: fleet.time, offsets, from, to, end, endedByFailure, outageFrom, outageTo };
}

function downtimeTable(fleet: Fleet, name: string | undefined): Events | undefined {
  if (name !== undefined) return eventTable(fleet, name, "observation: downtime");
  return Object.hasOwn(fleet.events, "downtime") ? fleet.events["downtime"] : undefined;
}

function endOf(
  fleet: Fleet,
  machine: number,
  failures: readonly Failure[],
  last: number,
): { at: number; byFailure: boolean } {
  let at = last;
  let byFailure = failures.some(({ time, repairedAt }) => time === last && repairedAt === undefined);
  let ended = Number.POSITIVE_INFINITY;
  for (const { endsObservation, offsets, time } of Object.values(fleet.events)) {
    if (endsObservation && offsets[machine] < offsets[machine + 1]) ended = Math.min(ended, time[offsets[machine]]);
  }
  if (Number.isFinite(ended) && Number.isFinite(last)) {
    at = ended;
    byFailure = true;
  }
  const retiredAt = fleet.machineTable?.retiredAt?.[machine] ?? Number.POSITIVE_INFINITY;
  return retiredAt < at ? { at: retiredAt, byFailure: false } : { at, byFailure };
}

function downtimesOf({ offsets, time, end }: Events, machine: number): Span[] {
  const spans: Span[] = [];
  for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
    spans.push({ from: time[row], to: end?.[row] ?? time[row] });
  }
  return spans;
}

/** When no known reading is at most `stale` old. Past the last telemetry the observation stands without readings. */
function silencesOf(fleet: Fleet, machine: number, whole: Span, last: number, stale: number): Span[] {
  const fresh: Span[] = [{ from: last + 1, to: whole.to }];
  for (const { offsets, time, knownAt } of fleet.telemetry) {
    let current: Span | undefined;
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      const from = knownAt[row];
      const to = time[row] + stale + 1;
      if (from >= to) continue;
      // Most rows prolong the span before them; only what is left over needs sorting.
      if (current !== undefined && from >= current.from && from <= current.to) current.to = Math.max(current.to, to);
      else {
        current = { from, to };
        fresh.push(current);
      }
    }
  }
  return gapsBetween(whole, mergeSpans(fresh));
}

/** A machine that fails again before its repair, in whatever component, ran in between. */
function repairOf({ time, repairedAt }: Failure, failures: readonly Failure[], end: number): Span {
  const next = failures.find((failure) => failure.time > time)?.time ?? Number.POSITIVE_INFINITY;
  const isRepaired = repairedAt !== undefined && repairedAt < next && repairedAt <= end;
  return { from: time, to: isRepaired ? Math.max(repairedAt, time + 1) : time + 1 };
}

function outageOf(
  failure: number,
  out: readonly Span[],
  downs: readonly Span[],
  silences: readonly Span[],
  stale: number,
): Span {
  let from = failure;
  let to = out.find((span) => span.from <= failure && failure < span.to)?.to ?? failure + 1;
  for (const down of downs) {
    if (down.from <= failure && failure <= down.to) from = Math.min(from, down.from);
  }
  for (const silence of silences) {
    const stoppedAt = silence.from - 1 - stale;
    if (stoppedAt <= failure && failure <= silence.from) to = Math.max(to, silence.to);
  }
  return { from, to };
}
