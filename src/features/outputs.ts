/** How a featurizer's columns come from the raw ones: plain data, evaluated by one small function. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";

export type OutputColumn =
  /** The raw column of the same name. */
  | { from: "raw"; name: string }
  /** 1 where the value is known and none of the kept levels, else 0; NaN where it is missing (`known` is NaN). */
  | { from: "other"; name: string; known: string; levels: readonly string[] }
  /** A raw time in hours or cycles as a share of a learned interval. */
  | { from: "share"; name: string; column: string; interval: number };

/** The shape of a stored output column. */
export const outputShape: z.ZodType<OutputColumn> = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("raw"), name: z.string() }),
  z.strictObject({ from: z.literal("other"), name: z.string(), known: z.string(), levels: z.array(z.string()) }),
  z.strictObject({ from: z.literal("share"), name: z.string(), column: z.string(), interval: z.number().positive() }),
]);

/** The raw columns an output is made of. */
export function rawColumnsOf(output: OutputColumn): readonly string[] {
  if (output.from === "raw") return [output.name];
  return output.from === "other" ? [output.known, ...output.levels] : [output.column];
}

/** Makes one output column from raw ones. A raw column that goes out as it is is shared, not copied. */
export function outputValues(output: OutputColumn, raw: (name: string) => Float32Array): Float32Array {
  if (output.from === "raw") return raw(output.name);
  if (output.from === "share") return share(raw(output.column), output.interval);
  if (output.from === "other") return other(raw(output.known), output.levels.map(raw));
  throw new ForewarnError("BUG_OUTPUT_KIND", { problem: "an output column is of no known kind" });
}

function share(column: Float32Array, interval: number): Float32Array {
  // Adding 0 turns -0 into +0; writing the constant gives every NaN the same bits.
  return column.map((value) => (Number.isNaN(value) ? Number.NaN : Math.fround(value / interval) + 0));
}

function other(known: Float32Array, levels: readonly Float32Array[]): Float32Array {
  return known.map((value, row) => {
    if (Number.isNaN(value)) return Number.NaN;
    return levels.some((level) => level[row] === 1) ? 0 : 1;
  });
}
