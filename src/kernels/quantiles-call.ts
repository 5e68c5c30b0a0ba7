/** The call of the kernel that takes exact order statistics of a window. */
import type { CutoffColumns, KernelCall, ReadingColumns, WindowColumns } from "./calls.ts";
import type { Address } from "./memory.ts";

/** The quantile at a share of the readings, 0..1, less the quantile at `from` where that is given. */
export interface QuantileStep {
  to: number;
  from?: number;
  /** A float32 column; 0 where it is not wanted. */
  out: Address;
}

/** Steps as the kernel reads them, float64: the output, `to`, `from` (NaN: none). */
export function quantilesProgram(steps: readonly QuantileStep[]): number[] {
  return steps.flatMap(({ to, from = Number.NaN, out }) => [out, to, from]);
}

export interface QuantilesOptions {
  steps: readonly QuantileStep[];
  /** Where `quantilesProgram` of the steps lies. */
  program: Address;
  /** The number of rows of the window that has the most. */
  largest: number;
}

/** Quantiles over windows, float32. */
export function quantilesCall(
  rows: CutoffColumns,
  { knownAt, values }: ReadingColumns,
  { first, past, allKnown = false }: WindowColumns,
  { steps, program, largest }: QuantilesOptions,
): KernelCall {
  const args = [rows.machine, rows.cutoff, first, past, allKnown ? 0 : knownAt, values, program, steps.length];
  return { kernel: "quantiles", args, emits: steps.map(({ out }) => out), scratch: (largest + 4) * 8 };
}
