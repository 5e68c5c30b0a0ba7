/** Which operating mode a row is in. */
import { z } from "zod";
import { inputNames, learnedNumber, learnedScale } from "./learned.ts";
import type { OutputKind } from "./output.ts";

/**
 * 1 in the column of the mode whose centre is nearest (the first of equally near ones), 0 in the others; NaN where an input is
 * missing or nothing was learned.
 */
export interface ModesOutput {
  from: "modes";
  names: readonly string[];
  by: readonly string[];
  /** The unit of distance along each column of `by`; 0 where it is not looked at. */
  scales: readonly number[];
  /** A value a column of `by` for each mode, in its unit; at most one mode a name, none where training was too small. */
  centres: readonly (readonly number[])[];
}

export const modesOutput: OutputKind<ModesOutput> = {
  shape: z
    .strictObject({
      from: z.literal("modes"),
      names: z.array(z.string()).min(1),
      by: inputNames,
      scales: z.array(learnedScale),
      centres: z.array(z.array(learnedNumber)),
    })
    .refine(
      ({ names, by, scales, centres }) =>
        centres.length <= names.length && [scales, ...centres].every((values) => values.length === by.length),
      "lists of learned numbers do not fit together",
    ),
  inputs: ({ by }) => by,
  names: ({ names }) => names,
  values({ names, by, scales, centres }, column) {
    const inputs = by.map(column);
    const rows = inputs[0].length;
    const each = names.map(() => new Float32Array(rows));
    for (let row = 0; row < rows; row++) {
      const mode = nearestMode(inputs, row, scales, centres);
      for (const [i, values] of each.entries()) values[row] = mode < 0 ? Number.NaN : i === mode ? 1 : 0;
    }
    return each;
  },
};

/** The nearest centre of a row; -1 where an input is not finite or there is no centre. */
export function nearestMode(
  inputs: readonly Float32Array[],
  row: number,
  scales: readonly number[],
  centres: readonly (readonly number[])[],
): number {
  if (!inputs.every((values) => Number.isFinite(values[row]))) return -1;
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [mode, centre] of centres.entries()) {
    let square = 0;
    for (let i = 0; i < inputs.length; i++) {
      if (scales[i] === 0) continue;
      const distance = (inputs[i][row] - centre[i]) / scales[i];
      square += distance * distance;
    }
    if (square < least) [found, least] = [mode, square];
  }
  return found;
}
