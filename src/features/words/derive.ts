/** Arithmetic over the columns of other features. */
import { z } from "zod";
import { columnsOf, type Expression } from "../arithmetic/expression.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import { expressionShape } from "../outputs/derived.ts";
import { columnName } from "./names.ts";
import { requireColumn } from "./require-column.ts";

export interface DeriveSpec {
  feature: "derive";
  /** The column's name. */
  name: string;
  value: Expression;
}

/**
 * `derive("volt_rise", minus("volt_mean_3h", "volt_mean_1d"))` gives `volt_rise`, in whatever unit its arithmetic gives: plus, minus,
 * times, over, minimum, maximum, absolute, squareRoot, log1p and coalesce, of numbers and of columns of features that stand before
 * it. Computed in float64 from the columns' float32 values. Missing where any operand is missing (but for `coalesce`), and where an
 * operation has no finite result: a division by 0, the root of a negative number, a logarithm from -1 down, a number too large
 * for float32. Where training gives no such column (a kind or value it never saw), there is no derived one either.
 */
export function derive(name: string, value: Expression): DeriveSpec {
  return checkSpec(deriveFeature.shape, { feature: "derive", name, value }, "derive");
}

export const deriveFeature: Feature<DeriveSpec> = {
  shape: z.strictObject({ feature: z.literal("derive"), name: z.string().min(1), value: expressionShape }),

  plan({ name, value }, { before = [] }) {
    const inputs = columnsOf(value);
    for (const input of inputs) requireColumn(before, input, `derive("${name}")`);
    return { columns: [], reads: [], inputs, fittedNames: [columnName(name)] };
  },

  compute() {},

  fit({ name, value }, _, training) {
    return columnsOf(value).every((input) => training.has(input))
      ? [{ from: "derived", name: columnName(name), value }]
      : [];
  },
};
