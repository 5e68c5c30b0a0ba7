/** How far a sensor is from its operating limits. */
import { z } from "zod";
import type { Duration } from "../../core/time.ts";
import { limitMarginCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature } from "../feature.ts";
import type { LimitMarginSpec } from "../spec.ts";
import { holdLength, requireReference } from "./known.ts";
import { columnName } from "./names.ts";

export interface LimitMarginOptions {
  /** A reading older than this no longer counts. Default: three grid steps; for counters without a grid, three cycles. */
  hold?: Duration;
}

/**
 * `limitMargin("limits")` gives `<sensor>_limitMargin` for each sensor with limits: the distance of the newest known reading
 * in (t - hold, t] to the nearer limit, in the sensor's unit (so that a single limit will do), negative outside; NaN where
 * there is no reading or no limit holds for the machine.
 */
export function limitMargin(limits: "limits", options: LimitMarginOptions = {}): LimitMarginSpec {
  const { hold, ...others } = options ?? {};
  const spec = { feature: "limitMargin", limits, ...(hold !== undefined && { hold }), ...others };
  return checkSpec(limitMarginFeature.shape, spec, "limitMargin");
}

export const limitMarginFeature: Feature<LimitMarginSpec> = {
  shape: z.strictObject({
    feature: z.literal("limitMargin"),
    limits: z.literal("limits"),
    hold: z.string().optional(),
  }),

  plan({ hold }, context) {
    const sensors = requireReference(context.schema, "limits", "limitMargin");
    const reference = { reference: "limits" } as const;
    const columns = sensors.map((sensor) => ({
      name: columnName(sensor, "limitMargin"),
      reads: [{ sensor }, reference],
      reach: { window: holdLength(context, hold, "limitMargin") },
    }));
    const reads = [reference, ...sensors.map((sensor) => ({ sensor }))];
    return { columns, reads };
  },

  compute({ hold }, context, workspace) {
    const length = holdLength(context, hold, "limitMargin");
    for (const sensor of requireReference(context.schema, "limits", "limitMargin")) {
      const reading = workspace.lastReading(sensor, { length });
      const output = workspace.output(columnName(sensor, "limitMargin"));
      workspace.call(limitMarginCall(reading, workspace.limits(sensor), output));
    }
  },
};
