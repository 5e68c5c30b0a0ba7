/** The values of a category that have no column of their own. */
import { z } from "zod";
import type { OutputKind } from "./output.ts";

/** 1 where the value is known and none of the kept levels, else 0; NaN where it is missing (`known` is NaN). */
export interface OtherOutput {
  from: "other";
  name: string;
  known: string;
  levels: readonly string[];
}

export const otherOutput: OutputKind<OtherOutput> = {
  shape: z.strictObject({
    from: z.literal("other"),
    name: z.string(),
    known: z.string(),
    levels: z.array(z.string()),
  }),
  inputs: ({ known, levels }) => [known, ...levels],
  names: ({ name }) => [name],
  values({ known, levels }, column) {
    const each = levels.map(column);
    const other = column(known).map((value, row) => {
      if (Number.isNaN(value)) return Number.NaN;
      return each.some((level) => level[row] === 1) ? 0 : 1;
    });
    return [other];
  },
};
