/** Kernel calls over events: how many there were, how far apart, of which kind, and which followed each other. */
import type { CutoffColumns, EventColumns, KernelCall } from "./calls.ts";
import type { Address } from "./memory.ts";

/** A window (t - length, t] over events, cut off at an anchor (float64, one a cutoff, NaN: none; 0: no anchors). */
export interface EventWindow {
  length: number;
  anchor: Address;
}

export interface EventCount extends EventWindow {
  /** Where there is no anchor, nothing is known (NaN); else the window counts. */
  anchored: boolean;
  /** What the count is divided by. */
  per: number;
}

/** Visible events in a window and after its anchor, float32. */
export function countEventsCall(
  rows: CutoffColumns,
  { offsets, time, seenAt, settled, outcome }: EventColumns,
  { length, anchor, anchored, per }: EventCount,
  out: Address,
): KernelCall {
  const events = [offsets, time, seenAt, settled?.at ?? 0, Number(outcome)];
  return {
    kernel: "countEvents",
    args: [rows.machine, rows.cutoff, ...events, length, anchor, Number(anchored), per, out],
    emits: [out],
  };
}

/** The mean and the last interval between the instants of a window at which events are visible, in units, float32. */
export function eventIntervalsCall(
  rows: CutoffColumns,
  { offsets, time, seenAt, settled, outcome }: EventColumns,
  { length, anchor }: EventWindow,
  unit: number,
  out: { mean: Address; last: Address },
): KernelCall {
  const events = [offsets, time, seenAt, settled?.at ?? 0, settled?.instants ?? 0, Number(outcome)];
  return {
    kernel: "eventIntervals",
    args: [rows.machine, rows.cutoff, ...events, length, anchor, unit, out.mean, out.last],
    emits: [out.mean, out.last],
  };
}

/** The kinds of events as codes. */
export interface KindColumn {
  /** Float64, one an event; among events of one instant the kinds ascend by bytes. */
  kind: Address;
  /** The code of a kind: not negative, or -2 where no event is of it. */
  code(kind: string): number;
}

/** The code of the last visible event of a window, of several at that instant the first, float64; -1 where there is none. */
export function lastKindCall(
  rows: CutoffColumns,
  { offsets, time, seenAt, outcome }: EventColumns,
  kind: Address,
  { length, anchor }: EventWindow,
  out: Address,
): KernelCall {
  const events = [offsets, time, seenAt, kind, Number(outcome)];
  return { kernel: "lastKind", args: [rows.machine, rows.cutoff, ...events, length, anchor, out] };
}

/** 1 where a float64 value is the one wanted, else 0, float32. */
export function emitEqualCall(values: Address, wanted: number, out: Address): KernelCall {
  return { kernel: "emitEqual", args: [values, wanted, out], emits: [out] };
}

/** The sequences among all events, as if none were late. */
export interface SequenceColumns {
  /** Row offsets of `starts` by machine, uint32, one more than machines. */
  offsets: Address;
  /** The latest start of each, float64, ascending within each machine. */
  starts: Address;
  /** Running: the number of sequences that end by each event, uint32. */
  ended: Address;
}

/** Which events are which step of a sequence. */
export interface SequenceRule {
  /** The code of each event's kind, float64. */
  kind: Address;
  /** The code of each step's kind, float64. */
  codes: Address;
  steps: number;
  /** How much later than the step before a step may be, at most. */
  within: number;
}

/**
 * The visible events that end a sequence which lies as a whole in a window and after its anchor, float32. With `known`, those among
 * settled events are not looked for at every cutoff.
 */
export function countSequencesCall(
  rows: CutoffColumns,
  { offsets, time, seenAt, settled, outcome }: EventColumns,
  { kind, codes, steps, within }: SequenceRule,
  known: SequenceColumns | undefined,
  { length, anchor }: EventWindow,
  out: Address,
): KernelCall {
  const events = [offsets, time, seenAt, settled?.at ?? 0, kind, codes, steps, within];
  const found = known === undefined ? [0, 0, 0] : [known.offsets, known.starts, known.ended];
  return {
    kernel: "countSequences",
    args: [rows.machine, rows.cutoff, ...events, ...found, Number(outcome), length, anchor, out],
    emits: [out],
    scratch: steps * 16,
  };
}
