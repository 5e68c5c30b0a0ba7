/** Shapes of what nodes have learned from training rows, and how it is written down. */
import { z } from "zod";

/** All that can be learned from float32 columns stays below this, and its products below what float64 holds. */
const LARGEST = 1e100;

/** A learned number. */
export const learnedNumber = z.number().min(-LARGEST).max(LARGEST);

/** A learned spread: 0 where a column does not vary and is not looked at. */
export const learnedScale = z.union([
  z.literal(0),
  z
    .number()
    .min(1 / LARGEST)
    .max(LARGEST),
]);

/** The columns that a node reads. */
export const inputNames = z
  .array(z.string())
  .min(1)
  .refine((names) => new Set(names).size === names.length, "a column is named twice");

/** Learned numbers as plain data: +0 for -0, which JSON does not keep. */
export function plainNumbers(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => value + 0);
}
