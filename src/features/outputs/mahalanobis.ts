/** How far a row is from the healthy ones, measured by how those vary together. */
import { z } from "zod";
import { triangleLength, whitenedSquare } from "../fitting/cholesky.ts";
import { standardised } from "../fitting/standardisation.ts";
import { inputNames, learnedNumber, learnedScale } from "./learned.ts";
import { finite, type OutputKind } from "./output.ts";

/** The Mahalanobis distance; NaN where an input is missing or nothing was learned. */
export interface MahalanobisOutput {
  from: "mahalanobis";
  name: string;
  columns: readonly string[];
  /** Null where training was too small. */
  learned: null | {
    means: readonly number[];
    /** Standard deviations; 0 for a column that did not vary and is not looked at. */
    scales: readonly number[];
    /** The Cholesky factor of the correlations, the rows of its lower triangle one after the other. */
    factor: readonly number[];
  };
}

export const mahalanobisOutput: OutputKind<MahalanobisOutput> = {
  shape: z
    .strictObject({
      from: z.literal("mahalanobis"),
      name: z.string(),
      columns: inputNames,
      learned: z
        .strictObject({
          means: z.array(learnedNumber),
          scales: z.array(learnedScale),
          factor: z.array(learnedNumber),
        })
        .nullable(),
    })
    .refine(({ columns, learned }) => {
      if (learned === null) return true;
      const { means, scales, factor } = learned;
      const size = columns.length;
      return means.length === size && scales.length === size && factor.length === triangleLength(size);
    }, "lists of learned numbers do not fit together"),
  inputs: ({ columns }) => columns,
  names: ({ name }) => [name],
  values({ columns, learned }, column) {
    const inputs = columns.map(column);
    const distances = new Float32Array(inputs[0].length).fill(Number.NaN);
    if (learned === null) return [distances];
    const { means, scales, factor } = learned;
    const z = new Float64Array(columns.length);
    for (let row = 0; row < distances.length; row++) {
      if (!inputs.every((values) => Number.isFinite(values[row]))) continue;
      for (let i = 0; i < z.length; i++) z[i] = standardised(inputs[i][row], means[i], scales[i]);
      distances[row] = finite(Math.sqrt(whitenedSquare(factor, z)));
    }
    return [distances];
  },
};
