/** How old a machine is. */
import { z } from "zod";
import { lifeUnit } from "../../core/time.ts";
import { elapsedCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";

export interface AgeSpec {
  feature: "age";
}

/**
 * `age()` gives `machine_age`: hours or cycles since the machine's `commissionedAt`; NaN before it and where it is unknown. A
 * counter begins at 0 where nothing else is known.
 */
export function age(): AgeSpec {
  return checkSpec(ageFeature.shape, { feature: "age" }, "age");
}

/** Not `age`, the name that a fact of the machine table often has. */
const NAME = "machine_age";

export const ageFeature: Feature<AgeSpec> = {
  shape: z.strictObject({ feature: z.literal("age") }),

  plan() {
    return { columns: [{ name: NAME, reads: [] }], reads: [] };
  },

  compute(_spec, { schema }, workspace) {
    const since = { anchor: 0, fallback: workspace.commissioned() };
    workspace.call(elapsedCall(workspace.rows, since, lifeUnit(schema.time), 0, workspace.output(NAME)));
  },
};
