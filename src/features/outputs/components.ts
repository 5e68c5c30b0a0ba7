/** A row as seen by the principal components of healthy ones. */
import { z } from "zod";
import { standardised } from "../fitting/standardisation.ts";
import { inputNames, learnedNumber, learnedScale } from "./learned.ts";
import { finite, type OutputKind } from "./output.ts";

/**
 * The squared prediction error (what the components leave of the standardised row), Hotelling's T squared (the scores' squares over
 * their variances) and the scores asked for; NaN where an input is missing or nothing was learned, and for a score beyond the
 * components there are.
 */
export interface ComponentsOutput {
  from: "components";
  error: string;
  tSquared: string;
  /** The names of the first scores. */
  scores: readonly string[];
  columns: readonly string[];
  /** Null where training was too small. */
  learned: null | {
    means: readonly number[];
    /** Standard deviations; 0 for a column that did not vary and is not looked at. */
    scales: readonly number[];
    /** A unit vector over the columns for each component. */
    loadings: readonly (readonly number[])[];
    /** The variance of each component's score. */
    variances: readonly number[];
  };
}

export const componentsOutput: OutputKind<ComponentsOutput> = {
  shape: z
    .strictObject({
      from: z.literal("components"),
      error: z.string(),
      tSquared: z.string(),
      scores: z.array(z.string()),
      columns: inputNames,
      learned: z
        .strictObject({
          means: z.array(learnedNumber),
          scales: z.array(learnedScale),
          loadings: z.array(z.array(z.number().min(-1.001).max(1.001))),
          variances: z.array(z.number().min(1e-100).max(1e100)),
        })
        .nullable(),
    })
    .refine(({ columns, learned }) => {
      if (learned === null) return true;
      const { means, scales, loadings, variances } = learned;
      return (
        [means, scales, ...loadings].every((values) => values.length === columns.length) &&
        loadings.length === variances.length &&
        loadings.length <= columns.length
      );
    }, "lists of learned numbers do not fit together"),
  inputs: ({ columns }) => columns,
  names: ({ error, tSquared, scores }) => [error, tSquared, ...scores],
  values({ columns, scores, learned }, column) {
    const inputs = columns.map(column);
    const rows = inputs[0].length;
    const emitted = Array.from({ length: 2 + scores.length }, () => new Float32Array(rows).fill(Number.NaN));
    if (learned === null) return emitted;
    const { means, scales, loadings, variances } = learned;
    const left = new Float64Array(columns.length);
    for (let row = 0; row < rows; row++) {
      if (!inputs.every((values) => Number.isFinite(values[row]))) continue;
      for (let i = 0; i < left.length; i++) left[i] = standardised(inputs[i][row], means[i], scales[i]);
      let tSquared = 0;
      for (const [component, loading] of loadings.entries()) {
        // The components are orthogonal: what is left by one holds all of the next.
        const score = dot(loading, left);
        for (let i = 0; i < left.length; i++) left[i] -= score * loading[i];
        tSquared += (score * score) / variances[component];
        if (component < scores.length) emitted[2 + component][row] = finite(score);
      }
      emitted[0][row] = finite(dot(left, left));
      emitted[1][row] = finite(tSquared);
    }
    return emitted;
  },
};

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
