/** What is left of a column once others have explained what they can. */
import { z } from "zod";
import { inputNames, learnedNumber } from "./learned.ts";
import { finite, type OutputKind } from "./output.ts";

/** (x - mean) - sum of coefficient * (given - its mean); NaN where an input is missing or nothing was learned. */
export interface ResidualOutput {
  from: "residual";
  name: string;
  column: string;
  given: readonly string[];
  /** Null where training was too small. */
  learned: null | {
    mean: number;
    /** One a column of `given`. */
    means: readonly number[];
    /** One a column of `given`: the column's unit per its unit. */
    coefficients: readonly number[];
  };
}

export const residualOutput: OutputKind<ResidualOutput> = {
  shape: z
    .strictObject({
      from: z.literal("residual"),
      name: z.string(),
      column: z.string(),
      given: inputNames,
      learned: z
        .strictObject({
          mean: learnedNumber,
          means: z.array(learnedNumber),
          coefficients: z.array(learnedNumber),
        })
        .nullable(),
    })
    .refine(
      ({ given, learned }) =>
        learned === null || [learned.means, learned.coefficients].every((values) => values.length === given.length),
      "lists of learned numbers do not fit together",
    ),
  inputs: ({ column, given }) => [column, ...given],
  names: ({ name }) => [name],
  values({ column: of, given, learned }, column) {
    const inputs = given.map(column);
    const values = column(of).map((value, row) => {
      if (learned === null) return Number.NaN;
      let left = value - learned.mean;
      for (const [i, input] of inputs.entries()) left -= learned.coefficients[i] * (input[row] - learned.means[i]);
      return finite(left);
    });
    return [values];
  },
};
