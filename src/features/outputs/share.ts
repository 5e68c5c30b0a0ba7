/** A raw time in hours or cycles as a share of a learned interval. */
import { z } from "zod";
import { emitted, type OutputKind } from "./output.ts";

export interface ShareOutput {
  from: "share";
  name: string;
  column: string;
  interval: number;
}

export const shareOutput: OutputKind<ShareOutput> = {
  shape: z.strictObject({
    from: z.literal("share"),
    name: z.string(),
    column: z.string(),
    interval: z.number().positive(),
  }),
  inputs: ({ column }) => [column],
  names: ({ name }) => [name],
  values: ({ column: from, interval }, column) => [column(from).map((value) => emitted(value / interval))],
};
