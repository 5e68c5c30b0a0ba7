/** A column held between two learned bounds. */
import { z } from "zod";
import { learnedNumber } from "./learned.ts";
import { emitted, type OutputKind } from "./output.ts";

/** The nearer bound for what lies beyond it; NaN where the column is missing or no bounds were learned. */
export interface ClippedOutput {
  from: "clipped";
  name: string;
  column: string;
  /** Null where training was too small. */
  bounds: null | { low: number; high: number };
}

export const clippedOutput: OutputKind<ClippedOutput> = {
  shape: z
    .strictObject({
      from: z.literal("clipped"),
      name: z.string(),
      column: z.string(),
      bounds: z.strictObject({ low: learnedNumber, high: learnedNumber }).nullable(),
    })
    .refine(({ bounds }) => bounds === null || bounds.low <= bounds.high, "the lower bound lies above the upper one"),
  inputs: ({ column }) => [column],
  names: ({ name }) => [name],
  values({ column: of, bounds }, column) {
    const values = column(of).map((value) => {
      if (bounds === null || Number.isNaN(value)) return Number.NaN;
      return emitted(Math.min(bounds.high, Math.max(bounds.low, value)));
    });
    return [values];
  },
};
