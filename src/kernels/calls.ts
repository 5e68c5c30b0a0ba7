/** Kernel calls as plain data that can be sent to a worker. A range of rows is added when a call is run. */
import type { Address } from "./memory.ts";

export interface KernelCall {
  kernel: KernelName;
  /** Addresses (0: none) and numbers, in the order of the kernel's parameters after the range. */
  args: readonly number[];
  /** The float32 columns among them that it fills; a call none of whose columns is wanted (all 0) is left out. Absent: it fills others. */
  emits?: readonly Address[];
  /** Bytes of a thread's own memory that it works in: their address stands after the range. Default: none. */
  scratch?: number;
}

type KernelName =
  | "bounds"
  | "rolling"
  | "lastReading"
  | "emitColumn"
  | "difference"
  | "countEvents"
  | "lastEvent"
  | "elapsed"
  | "heldTime"
  | "usedTime"
  | "limitMargin"
  | "limitExceeded";

/** Cutoffs, one a row. */
export interface CutoffColumns {
  /** Index of the row's machine, uint32. */
  machine: Address;
  /** The instant, float64. */
  cutoff: Address;
}

/** Times grouped by machine, ascending within each. */
interface TimeColumns {
  /** Row offsets by machine, uint32, one more than machines. */
  offsets: Address;
  time: Address;
}

/** A sensor's readings. */
export interface ReadingColumns extends TimeColumns {
  /** When each became known, float64; 0 where none is late. */
  knownAt: Address;
  /** Float64, missing is NaN. */
  values: Address;
}

export interface EventColumns extends TimeColumns {
  /** max(time, knownAt), float64. */
  seenAt: Address;
  /** Visible strictly after its instant. */
  outcome: boolean;
}

/** The rows of each cutoff's window: uint32, first included, past excluded. */
export interface WindowColumns {
  first: Address;
  past: Address;
}

/** The statistics of `rolling`, in the order of the kernel's outputs. */
export const rollingStatistics = ["mean", "sd", "min", "max", "range", "last", "slope", "count"] as const;
export type RollingStatistic = (typeof rollingStatistics)[number];

/** Windows (t - shift - window, t - shift], cut off at the anchor (float64, one a row, NaN: none; 0: no anchors). */
export function boundsCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: { length: number; shift: number; anchor: Address },
  out: WindowColumns,
): KernelCall {
  const { offsets, time } = readings;
  const { length, shift, anchor } = window;
  return call("bounds", rows.machine, rows.cutoff, offsets, time, anchor, length, shift, out.first, out.past);
}

/** Statistics over windows, float32; the slope is per `unit` of time. */
export function rollingCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: WindowColumns,
  unit: number,
  out: Partial<Record<RollingStatistic, Address>>,
): KernelCall {
  const outputs = rollingStatistics.map((statistic) => out[statistic] ?? 0);
  const { time, knownAt, values } = readings;
  return emitting(
    outputs,
    call("rolling", rows.cutoff, window.first, window.past, time, knownAt, values, unit, ...outputs),
  );
}

/** The newest known reading of each window, float64. */
export function lastReadingCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: WindowColumns,
  out: Address,
): KernelCall {
  return call("lastReading", rows.cutoff, window.first, window.past, readings.knownAt, readings.values, out);
}

/** A float64 column as a float32 one. */
export function emitColumnCall(values: Address, out: Address): KernelCall {
  return emitting([out], call("emitColumn", values, out));
}

/** left - right of two float64 columns, as float32. */
export function differenceCall(left: Address, right: Address, out: Address): KernelCall {
  return emitting([out], call("difference", left, right, out));
}

/** Visible events in (t - window, t], float32. */
export function countEventsCall(rows: CutoffColumns, events: EventColumns, window: number, out: Address): KernelCall {
  const { offsets, time, seenAt, outcome } = events;
  return emitting(
    [out],
    call("countEvents", rows.machine, rows.cutoff, offsets, time, seenAt, outcome ? 1 : 0, window, out),
  );
}

/** The instant of the last visible event, float64, NaN where there is none. */
export function lastEventCall(rows: CutoffColumns, events: EventColumns, out: Address): KernelCall {
  const { offsets, time, seenAt, outcome } = events;
  return call("lastEvent", rows.machine, rows.cutoff, offsets, time, seenAt, outcome ? 1 : 0, out);
}

/** Units from the anchor (one a row) or the fallback (one a machine) to the cutoff, divided by the interval (one a row, 0: not divided), float32. */
export function elapsedCall(
  rows: CutoffColumns,
  since: { anchor: Address; fallback: Address },
  unit: number,
  interval: Address,
  out: Address,
): KernelCall {
  return emitting([out], call("elapsed", rows.machine, rows.cutoff, since.anchor, since.fallback, unit, interval, out));
}

/** How long a reading counts as use: while above the limit, until the next reading, at most `hold`. */
export interface UseRule {
  above: number;
  hold: number;
}

/** Running sums of held time, float64, one a reading; the range it is run over is machines, not cutoffs. */
export function heldTimeCall(readings: ReadingColumns, rule: UseRule, out: Address): KernelCall {
  return call("heldTime", readings.offsets, readings.time, readings.values, rule.above, rule.hold, out);
}

/** Units in use from the anchor to the cutoff, float32. `sums` comes from `heldTime`, or is 0 where readings are late. */
export function usedTimeCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  anchor: Address,
  rule: UseRule,
  unit: number,
  sums: Address,
  out: Address,
): KernelCall {
  const { offsets, time, knownAt, values } = readings;
  const { above, hold } = rule;
  return emitting(
    [out],
    call(
      "usedTime",
      ...[rows.machine, rows.cutoff, anchor, offsets, time, knownAt, values, above, hold, unit, sums, out],
    ),
  );
}

/** Operating limits, float64, one a row; an absent side is infinite, no limit is NaN. */
export interface LimitColumns {
  low: Address;
  high: Address;
}

/** The distance of a reading (float64, one a row) to the nearer limit, float32. */
export function limitMarginCall(reading: Address, limits: LimitColumns, out: Address): KernelCall {
  return emitting([out], call("limitMargin", reading, limits.low, limits.high, out));
}

/** The share of readings outside the limits, float32. */
export function limitExceededCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: WindowColumns,
  limits: LimitColumns,
  out: Address,
): KernelCall {
  const { knownAt, values } = readings;
  return emitting(
    [out],
    call("limitExceeded", ...[rows.cutoff, window.first, window.past, knownAt, values, limits.low, limits.high, out]),
  );
}

/** A call that fills float32 columns. */
function emitting(emits: readonly Address[], call: KernelCall): KernelCall {
  return { ...call, emits };
}

function call(kernel: KernelName, ...args: number[]): KernelCall {
  return { kernel, args };
}
