/** A rate of events as a multiple of the fleet's in training. */
import { z } from "zod";
import { emitted, type OutputKind } from "./output.ts";

export interface RateRatioOutput {
  from: "rateRatio";
  name: string;
  /** The raw rate: events an hour, or per 1,000 cycles. */
  column: string;
  /** The mean of that column over the training rows. */
  rate: number;
}

export const rateRatioOutput: OutputKind<RateRatioOutput> = {
  shape: z.strictObject({
    from: z.literal("rateRatio"),
    name: z.string(),
    column: z.string(),
    rate: z.number().positive(),
  }),
  inputs: ({ column }) => [column],
  names: ({ name }) => [name],
  values: ({ column: from, rate }, column) => [column(from).map((value) => emitted(value / rate))],
};
