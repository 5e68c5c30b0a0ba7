/** How many times what another sensor reads one reads. */
import { z } from "zod";
import { quotientCall } from "../../kernels/pair-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import {
  computeTwoSensors,
  hasWindow,
  NEEDS_WINDOW,
  planTwoSensors,
  type TwoSensorsOptions,
  type TwoSensorsPart,
  twoSensorsPart,
  twoSensorsShape,
} from "./two-sensors.ts";

export type RatioOfOptions = TwoSensorsOptions;

export interface RatioOfSpec extends TwoSensorsPart {
  feature: "ratioOf";
}

/**
 * `ratioOf("power", "flow")` gives `power_flow_ratio`: the newest known reading of the first in (t - hold, t] divided by that of
 * the second, in the unit of the one a unit of the other; NaN where either is missing or the second is 0. `ratioOf("power", "flow",
 * { over: "3h" })` gives `power_flow_ratio_mean_3h`: statistics of the ratios of all pairs of known readings whose both sides lie in
 * the window and whose second is not 0.
 */
export function ratioOf(left: string, right: string, options: RatioOfOptions = {}): RatioOfSpec {
  const spec = { feature: "ratioOf", ...twoSensorsPart(left, right, options) };
  return checkSpec(ratioOfFeature.shape, spec, "ratioOf");
}

const word = { word: "ratioOf", label: "ratio", operation: "quotient" } as const;

export const ratioOfFeature: Feature<RatioOfSpec> = {
  shape: z.strictObject({ feature: z.literal("ratioOf"), ...twoSensorsShape }).refine(hasWindow, NEEDS_WINDOW),

  plan: (spec, context) => planTwoSensors(spec, word, context),

  compute(spec, context, workspace) {
    computeTwoSensors(spec, word, context, workspace, (left, right, out) =>
      workspace.call(quotientCall(left, right, out)),
    );
  },
};
