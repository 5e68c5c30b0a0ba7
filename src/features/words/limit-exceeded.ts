/** How often a sensor was outside its operating limits. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { limitExceededCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { LimitExceededSpec } from "../spec.ts";
import { requireReference } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";

export interface LimitExceededOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
}

/**
 * `limitExceeded("limits", { over: "24h" })` gives `<sensor>_limitExceeded_1d` for each sensor with limits: the share of the
 * window's known readings outside the limits that hold at t; NaN where there is no reading or no limit holds for the machine.
 */
export function limitExceeded(limits: "limits", options: LimitExceededOptions): LimitExceededSpec {
  const { over, ...others } = options ?? {};
  const spec = { feature: "limitExceeded", limits, over: list(over), ...others };
  return checkSpec(limitExceededFeature.shape, spec, "limitExceeded");
}

export const limitExceededFeature: Feature<LimitExceededSpec> = {
  shape: z.strictObject({
    feature: z.literal("limitExceeded"),
    limits: z.literal("limits"),
    over: z.array(z.string()).min(1),
  }),

  plan(spec, context) {
    const parts = columnsOf(spec, context);
    const reference = { reference: "limits" } as const;
    const columns = parts.map(({ name, sensor, length }) => ({
      name,
      reads: [{ sensor }, reference],
      reach: { window: length },
    }));
    const reads = [reference, ...parts.map(({ sensor }) => ({ sensor }))];
    return { columns, reads };
  },

  compute(spec, context, workspace) {
    for (const { name, sensor, length } of columnsOf(spec, context)) {
      const window = workspace.window(sensor, { length });
      const limits = workspace.limits(sensor);
      const readings = workspace.readings(sensor);
      workspace.call(limitExceededCall(workspace.rows, readings, window, limits, workspace.output(name)));
    }
  },
};

function columnsOf({ over }: LimitExceededSpec, { schema }: PlanContext) {
  return requireReference(schema, "limits", "limitExceeded").flatMap((sensor) =>
    over.map((duration) => {
      const length = durationLength(duration, schema.time);
      return { name: columnName(sensor, "limitExceeded", durationName(length, schema.time)), sensor, length };
    }),
  );
}
