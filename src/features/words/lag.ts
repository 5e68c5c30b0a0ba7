/** What a sensor read some time ago. */
import { z } from "zod";
import type { Duration } from "../../core/time.ts";
import { emitColumnCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import type { LagSpec } from "../spec.ts";
import { list } from "./list.ts";
import { planShifted, shiftOf } from "./shifted.ts";

export interface LagOptions {
  /** How long ago. */
  by: Duration | readonly Duration[];
  /** A reading older than this no longer counts. Default: three grid steps; without a grid, as long as `by`; the very cycle where `by` counts cycles. */
  hold?: Duration;
}

/**
 * `lag(["volt"], { by: ["1h"] })` gives `volt_lag_1h`: the newest reading in (t - by - hold, t - by] that is known at t,
 * in the sensor's unit; NaN where there is none.
 */
export function lag(sensors: string | readonly string[], options: LagOptions): LagSpec {
  const { by, hold, ...others } = options ?? {};
  const spec = { feature: "lag", sensors: list(sensors), by: list(by), ...(hold !== undefined && { hold }), ...others };
  return checkSpec(lagFeature.shape, spec, "lag");
}

export const lagFeature: Feature<LagSpec> = {
  shape: z.strictObject({
    feature: z.literal("lag"),
    sensors: z.array(z.string()).min(1),
    by: z.array(z.string()).min(1),
    hold: z.string().optional(),
  }),

  plan(spec, context) {
    return planShifted("lag", spec, context);
  },

  compute({ sensors, by, hold }, context, workspace) {
    for (const sensor of sensors) {
      for (const duration of by) {
        const { name, ...window } = shiftOf("lag", { sensor, by: duration, hold }, context);
        workspace.call(emitColumnCall(workspace.lastReading(sensor, window), workspace.output(name)));
      }
    }
  },
};
