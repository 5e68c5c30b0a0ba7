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
  | "cycleBounds"
  | "rolling"
  | "groupMoments"
  | "quantiles"
  | "lastReading"
  | "emitColumn"
  | "difference"
  | "countEvents"
  | "eventIntervals"
  | "lastKind"
  | "emitEqual"
  | "countSequences"
  | "lastEvent"
  | "elapsed"
  | "heldTime"
  | "usedTime"
  | "usedInWindow"
  | "pairStatistics"
  | "quotient"
  | "limitMargin"
  | "limitExceeded"
  | "describe";

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
  /** They became known in the order of their times: then windows end where what is known ends. Default: false. */
  inOrder?: boolean;
  /** Float64, missing is NaN. */
  values: Address;
}

/** Running within each machine. */
export interface SettledColumns {
  /** The latest `seenAt` so far, float64: it ascends. */
  at: Address;
  /** The number of instants so far, uint32. */
  instants: Address;
}

export interface EventColumns extends TimeColumns {
  /** max(time, knownAt), float64. */
  seenAt: Address;
  /** What makes counting quick, where the events are there beforehand; without it each is looked at. */
  settled?: SettledColumns;
  /** Visible strictly after its instant. */
  outcome: boolean;
}

/** The rows of each cutoff's window: uint32, first included, past excluded. */
export interface WindowColumns {
  first: Address;
  past: Address;
  /** All of them are known at the cutoff, so that nothing need look at `knownAt`. Default: false. */
  allKnown?: boolean;
}

/** The statistics of `rolling`, in the order of the kernel's outputs. */
export const rollingStatistics = [
  "mean",
  "sd",
  "min",
  "max",
  "range",
  "last",
  "slope",
  "count",
  "sum",
  "first",
] as const;
export type RollingStatistic = (typeof rollingStatistics)[number];

/**
 * Windows (t - shift - window, t - shift], cut off at the anchor (float64, one a row, NaN: none; 0: no anchors). They hold nothing that is
 * not known at t where readings became known in order.
 */
export function boundsCall(
  rows: CutoffColumns,
  readings: Omit<ReadingColumns, "values">,
  window: { length: number; shift: number; anchor: Address },
  out: WindowColumns,
): KernelCall {
  const { offsets, time, inOrder = false } = readings;
  const knownAt = inOrder ? readings.knownAt : 0;
  const { length, shift, anchor } = window;
  return call("bounds", rows.machine, rows.cutoff, offsets, time, knownAt, anchor, length, shift, out.first, out.past);
}

/** The newest known reading of each window, float64. */
export function lastReadingCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: WindowColumns,
  out: Address,
): KernelCall {
  const knownAt = window.allKnown ? 0 : readings.knownAt;
  return call("lastReading", rows.cutoff, window.first, window.past, knownAt, readings.values, out);
}

/** A float64 column as a float32 one. */
export function emitColumnCall(values: Address, out: Address): KernelCall {
  return emitting([out], call("emitColumn", values, out));
}

/** left - right of two float64 columns, as float32. */
export function differenceCall(left: Address, right: Address, out: Address): KernelCall {
  return emitting([out], call("difference", left, right, out));
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

/** Running sums of held time, `HELD_BYTES` a reading; the range it is run over is machines, not cutoffs. */
export function heldTimeCall(readings: ReadingColumns, rule: UseRule, out: Address): KernelCall {
  const { offsets, time, knownAt, values } = readings;
  return call("heldTime", offsets, time, knownAt, values, rule.above, rule.hold, out);
}

/** Bytes a reading of `heldTime`: the sum so far, when all and any so far was known, where the readings beside it are. */
export const HELD_BYTES = 32;

/** Units in use from the anchor to the cutoff, float32. `sums` comes from `heldTime`; 0 adds anew at every cutoff. */
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

/** The kernel's number of the limits that count. */
export const limitSides = { either: 0, low: 1, high: 2 } as const;

/** The share of readings outside the limits, float32. */
export function limitExceededCall(
  rows: CutoffColumns,
  readings: ReadingColumns,
  window: WindowColumns,
  limits: LimitColumns & { side: keyof typeof limitSides },
  out: Address,
): KernelCall {
  const { values } = readings;
  const knownAt = window.allKnown ? 0 : readings.knownAt;
  const { low, high, side } = limits;
  return emitting(
    [out],
    call(
      "limitExceeded",
      ...[rows.cutoff, window.first, window.past, knownAt, values, low, high, limitSides[side], out],
    ),
  );
}

/** A call that fills float32 columns. */
function emitting(emits: readonly Address[], call: KernelCall): KernelCall {
  return { ...call, emits };
}

function call(kernel: KernelName, ...args: number[]): KernelCall {
  return { kernel, args };
}
