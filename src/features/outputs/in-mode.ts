/** A column standardised within the row's operating mode. */
import { z } from "zod";
import { learnedNumber, learnedScale } from "./learned.ts";
import { finite, type OutputKind } from "./output.ts";

/** (x - mean) / sd of the mode whose column is 1; NaN where x is missing, no mode is 1, or nothing is known of the mode (sd 0). */
export interface InModeOutput {
  from: "inMode";
  name: string;
  column: string;
  /** The columns of the modes. */
  modes: readonly string[];
  /** One a mode, in the column's unit. */
  means: readonly number[];
  /** One a mode; 0 where the mode has none. */
  sds: readonly number[];
}

export const inModeOutput: OutputKind<InModeOutput> = {
  shape: z
    .strictObject({
      from: z.literal("inMode"),
      name: z.string(),
      column: z.string(),
      modes: z.array(z.string()),
      means: z.array(learnedNumber),
      sds: z.array(learnedScale),
    })
    .refine(
      ({ modes, means, sds }) => means.length === modes.length && sds.length === modes.length,
      "lists of learned numbers do not fit together",
    ),
  inputs: ({ column, modes }) => [column, ...modes],
  names: ({ name }) => [name],
  values({ column: of, modes, means, sds }, column) {
    const isMode = modes.map(column);
    const values = column(of).map((value, row) => {
      const mode = isMode.findIndex((is) => is[row] === 1);
      return mode < 0 || sds[mode] === 0 ? Number.NaN : finite((value - means[mode]) / sds[mode]);
    });
    return [values];
  },
};
