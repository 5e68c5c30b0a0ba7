/** How much more one sensor reads than another. */
import { z } from "zod";
import { differenceCall } from "../../kernels/calls.ts";
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

export type DifferenceOfOptions = TwoSensorsOptions;

export interface DifferenceOfSpec extends TwoSensorsPart {
  feature: "differenceOf";
}

/**
 * `differenceOf("inlet", "outlet")` gives `inlet_outlet_difference`: the newest known reading of the first in (t - hold, t] minus
 * that of the second, in their unit; NaN where either is missing. `differenceOf("inlet", "outlet", { over: "3h", stats: ["mean",
 * "sd"] })` gives `inlet_outlet_difference_mean_3h` and so on: statistics of the differences of all pairs of known readings whose
 * both sides lie in the window.
 */
export function differenceOf(left: string, right: string, options: DifferenceOfOptions = {}): DifferenceOfSpec {
  const spec = { feature: "differenceOf", ...twoSensorsPart(left, right, options) };
  return checkSpec(differenceOfFeature.shape, spec, "differenceOf");
}

const word = { word: "differenceOf", label: "difference", operation: "difference" } as const;

export const differenceOfFeature: Feature<DifferenceOfSpec> = {
  shape: z.strictObject({ feature: z.literal("differenceOf"), ...twoSensorsShape }).refine(hasWindow, NEEDS_WINDOW),

  plan: (spec, context) => planTwoSensors(spec, word, context),

  compute(spec, context, workspace) {
    computeTwoSensors(spec, word, context, workspace, (left, right, out) =>
      workspace.call(differenceCall(left, right, out)),
    );
  },
};
