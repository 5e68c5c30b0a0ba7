/** How often a sensor was outside its operating limits. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { limitExceededCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { LimitExceededSpec, LimitSide } from "../spec.ts";
import { requireReference } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";

export interface LimitExceededOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** "either" limit, the "low" or the "high" one: the last two as columns of their own. Default: either. */
  sides?: LimitSide | readonly LimitSide[];
}

/**
 * `limitExceeded("limits", { over: "24h" })` gives `<sensor>_limitExceeded_1d` for each sensor with limits: the share of the
 * window's known readings outside the limits that hold at t; NaN where there is no reading or no limit holds for the machine.
 * With `sides: ["low", "high"]` it gives `<sensor>_limitExceededLow_1d` and `<sensor>_limitExceededHigh_1d`, NaN without that limit.
 */
export function limitExceeded(limits: "limits", options: LimitExceededOptions): LimitExceededSpec {
  const { over, sides, ...others } = options ?? {};
  const some = sides === undefined ? {} : { sides: list(sides) };
  const spec = { feature: "limitExceeded", limits, over: list(over), ...some, ...others };
  return checkSpec(limitExceededFeature.shape, spec, "limitExceeded");
}

export const limitExceededFeature: Feature<LimitExceededSpec> = {
  shape: z.strictObject({
    feature: z.literal("limitExceeded"),
    limits: z.literal("limits"),
    over: z.array(z.string()).min(1),
    sides: z
      .array(z.enum(["either", "low", "high"]))
      .min(1)
      .optional(),
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
    for (const { name, sensor, length, side } of columnsOf(spec, context)) {
      const window = workspace.window(sensor, { length });
      const limits = { ...workspace.limits(sensor), side };
      const readings = workspace.readings(sensor);
      workspace.call(limitExceededCall(workspace.rows, readings, window, limits, workspace.output(name)));
    }
  },
};

const labels = { either: "limitExceeded", low: "limitExceededLow", high: "limitExceededHigh" } as const;

function columnsOf({ over, sides = ["either"] }: LimitExceededSpec, { schema }: PlanContext) {
  return requireReference(schema, "limits", "limitExceeded").flatMap((sensor) =>
    over.flatMap((duration) => {
      const length = durationLength(duration, schema.time);
      const window = durationName(length, schema.time);
      return sides.map((side) => ({ name: columnName(sensor, labels[side], window), sensor, length, side }));
    }),
  );
}
