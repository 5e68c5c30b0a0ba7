/** Kernel calls over two columns at a time, and over what a sensor says about use. */
import type { CutoffColumns, KernelCall, ReadingColumns, UseRule, WindowColumns } from "./calls.ts";
import type { Address } from "./memory.ts";

/** A sensor's readings with the window of each cutoff over them. */
export interface WindowedReadings {
  readings: ReadingColumns;
  window: WindowColumns;
}

/** What two sensors have to do with each other. */
export const pairStatistics = ["correlation", "covariance", "slope"] as const;
export type PairStatistic = (typeof pairStatistics)[number];

/** What is taken of the number that is made of each pair. */
export const pairValueStatistics = ["mean", "sd", "min", "max", "last", "count"] as const;
export type PairValueStatistic = (typeof pairValueStatistics)[number];

/** The kernel's number of what is made of a pair; a quotient by 0 is nothing. */
export const pairOperations = { difference: 0, quotient: 1 } as const;

export interface PairRule {
  /** A pair is a reading of `left` with the newest of `right` at or before it that is less than this older: 1, the least there is, takes only those of one instant. */
  hold: number;
  /** Default: difference. */
  operation?: keyof typeof pairOperations;
}

/** Statistics, float32, of the pairs of known readings of a window. */
export function pairStatisticsCall(
  rows: CutoffColumns,
  left: WindowedReadings,
  right: WindowedReadings,
  { hold, operation = "difference" }: PairRule,
  out: Partial<Record<PairStatistic | PairValueStatistic, Address>>,
): KernelCall {
  const ofBoth = pairStatistics.map((statistic) => out[statistic] ?? 0);
  const ofValues = pairValueStatistics.map((statistic) => out[statistic] ?? 0);
  const sides = [left, right].flatMap(({ readings: { time, knownAt, values }, window: { first, past, allKnown } }) => [
    ...[first, past, time, allKnown ? 0 : knownAt, values],
  ]);
  return {
    kernel: "pairStatistics",
    args: [rows.cutoff, ...sides, hold, ...ofBoth, pairOperations[operation], ...ofValues],
    emits: [...ofBoth, ...ofValues],
  };
}

/** left / right of two float64 columns, as float32; NaN where right is 0. */
export function quotientCall(left: Address, right: Address, out: Address): KernelCall {
  return { kernel: "quotient", args: [left, right, out], emits: [out] };
}

/** Units in use in a window, float32. `sums` comes from `heldTime`; 0 adds anew at every cutoff. */
export function usedInWindowCall(
  rows: CutoffColumns,
  { readings: { time, knownAt, values }, window: { first, past } }: WindowedReadings,
  { above, hold }: UseRule,
  unit: number,
  sums: Address,
  out: Address,
): KernelCall {
  return {
    kernel: "usedInWindow",
    args: [rows.cutoff, first, past, time, knownAt, values, above, hold, unit, sums, out],
    emits: [out],
  };
}
