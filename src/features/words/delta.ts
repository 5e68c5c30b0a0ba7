/** How much a sensor has changed. */
import { z } from "zod";
import type { Duration } from "../../core/time.ts";
import { differenceCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import type { DeltaSpec } from "../spec.ts";
import { list } from "./list.ts";
import { planShifted, shiftOf } from "./shifted.ts";

export interface DeltaOptions {
  /** Against how long ago. */
  by: Duration | readonly Duration[];
  /** A reading older than this no longer counts, at either end. Default: three grid steps; without a grid, as long as `by`; the very cycle where `by` counts cycles. */
  hold?: Duration;
}

/**
 * `delta(["volt"], { by: ["1h"] })` gives `volt_delta_1h`: the newest reading in (t - hold, t] minus that in
 * (t - by - hold, t - by], both as known at t, in the sensor's unit; NaN where either is missing.
 */
export function delta(sensors: string | readonly string[], options: DeltaOptions): DeltaSpec {
  const { by, hold, ...others } = options ?? {};
  const spec = {
    feature: "delta",
    sensors: list(sensors),
    by: list(by),
    ...(hold !== undefined && { hold }),
    ...others,
  };
  return checkSpec(deltaFeature.shape, spec, "delta");
}

export const deltaFeature: Feature<DeltaSpec> = {
  shape: z.strictObject({
    feature: z.literal("delta"),
    sensors: z.array(z.string()).min(1),
    by: z.array(z.string()).min(1),
    hold: z.string().optional(),
  }),

  plan(spec, context) {
    return planShifted("delta", spec, context);
  },

  compute({ sensors, by, hold }, context, workspace) {
    for (const sensor of sensors) {
      for (const duration of by) {
        const { name, ...window } = shiftOf("delta", { sensor, by: duration, hold }, context);
        const now = workspace.lastReading(sensor, { ...window, shift: 0 });
        const before = workspace.lastReading(sensor, window);
        workspace.call(differenceCall(now, before, workspace.output(name)));
      }
    }
  },
};
