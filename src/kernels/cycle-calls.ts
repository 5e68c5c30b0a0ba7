/** The kernel call that finds the operating cycles of each cutoff's window. */
import type { CutoffColumns, KernelCall, ReadingColumns, WindowColumns } from "./calls.ts";
import type { Address } from "./memory.ts";

/** A window over operating cycles. */
export interface CycleWindow {
  /** Whether `length` and `shift` count cycles; else they are times. */
  counted: boolean;
  length: number;
  shift: number;
  /** Float64, one a row, NaN: none; 0: no anchors. */
  anchor: Address;
}

/** @param start when each cycle began, float64; the times of `readings` are the cycles' ends. */
export function cycleBoundsCall(
  rows: CutoffColumns,
  readings: Pick<ReadingColumns, "offsets" | "time" | "knownAt">,
  start: Address,
  { counted, length, shift, anchor }: CycleWindow,
  out: WindowColumns,
): KernelCall {
  const { offsets, time, knownAt } = readings;
  const window = [anchor, counted ? 1 : 0, length, shift, out.first, out.past];
  return { kernel: "cycleBounds", args: [rows.machine, rows.cutoff, offsets, start, time, knownAt, ...window] };
}
