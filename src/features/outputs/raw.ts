/** A raw column that goes out as it is; it is shared, not copied. */
import { z } from "zod";
import type { OutputKind } from "./output.ts";

export interface RawOutput {
  from: "raw";
  name: string;
}

export const rawOutput: OutputKind<RawOutput> = {
  shape: z.strictObject({ from: z.literal("raw"), name: z.string() }),
  inputs: ({ name }) => [name],
  names: ({ name }) => [name],
  values: ({ name }, column) => [column(name)],
};
