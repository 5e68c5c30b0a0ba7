/** How long a sensor was above a load. */
import { z } from "zod";
import { type Duration, lifeUnit } from "../../core/time.ts";
import { usedInWindowCall } from "../../kernels/pair-calls.ts";
import { checkSpec } from "../check-spec.ts";
import { spanName, spanOf } from "../cycles/span.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import { numberLabel } from "../statistics/level.ts";
import { holdLength, requireSensors } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface HoursAboveOptions {
  /** In the sensor's unit; a reading at it is not above. */
  above: number;
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** How long a reading holds at most. Default: three grid steps; for counters without a grid, three cycles. */
  hold?: Duration;
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface HoursAboveSpec {
  feature: "hoursAbove";
  sensors: readonly string[];
  above: number;
  over: readonly Duration[];
  hold?: Duration;
  resetOn?: string;
}

/**
 * `hoursAbove("load", { above: 80, over: "7d" })` gives `load_hoursAbove_80_7d`: hours, or cycles, of the window in which the sensor
 * was above 80. Each known reading of the window holds until the next (the newest until t), at most `hold`, as in `usedSince`;
 * the sum is exact. What a reading before the window says of its beginning does not count. NaN where the window has no reading.
 */
export function hoursAbove(sensors: string | readonly string[], options: HoursAboveOptions): HoursAboveSpec {
  const { above, over, hold, resetOn, ...others } = options ?? {};
  const spec = {
    feature: "hoursAbove",
    sensors: list(sensors),
    above,
    over: list(over),
    ...(hold !== undefined && { hold }),
    ...(resetOn !== undefined && { resetOn }),
    ...others,
  };
  return checkSpec(hoursAboveFeature.shape, spec, "hoursAbove");
}

export const hoursAboveFeature: Feature<HoursAboveSpec> = {
  shape: z.strictObject({
    feature: z.literal("hoursAbove"),
    sensors: z.array(z.string()).min(1),
    above: z.number(),
    over: z.array(z.string()).min(1),
    hold: z.string().optional(),
    resetOn: z.string().optional(),
  }),

  plan(spec, context) {
    const { sensors, hold, resetOn } = spec;
    requireSensors(context.schema, sensors, "hoursAbove");
    const { resets, since } = resetReads(context.schema, resetOn, "hoursAbove");
    holdLength(context, hold, "hoursAbove");
    const columns = columnsOf(spec, context).map(
      ({ name, sensor, length, counted }): RawColumn => ({
        name,
        reads: [{ sensor }, ...resets],
        reach: { window: length, ...(counted && { counted }), ...since },
      }),
    );
    return { columns, reads: [...sensors.map((sensor) => ({ sensor })), ...resets] };
  },

  compute(spec, context, workspace) {
    const { above, hold, resetOn } = spec;
    const rule = { above, hold: holdLength(context, hold, "hoursAbove") };
    const unit = lifeUnit(context.schema.time);
    for (const { name, sensor, length, counted } of columnsOf(spec, context)) {
      const readings = workspace.readings(sensor);
      const window = workspace.window(sensor, { length, counted, resetOn });
      const sums = workspace.heldTime(readings, rule);
      const output = workspace.output(name);
      workspace.call(usedInWindowCall(workspace.rows, { readings, window }, rule, unit, sums, output));
    }
  },
};

function columnsOf({ sensors, above, over }: HoursAboveSpec, { schema }: PlanContext) {
  return sensors.flatMap((sensor) =>
    over.map((duration) => {
      const span = spanOf(duration, sensor, schema);
      const name = columnName(sensor, "hoursAbove", numberLabel(above), spanName(span, schema.time));
      return { name, sensor, ...span };
    }),
  );
}
