/** How long a machine has run since the last replacement. */
import { z } from "zod";
import { type Duration, lifeUnit } from "../../core/time.ts";
import { usedTimeCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import { measuredSensors } from "../cycles/cycle-schema.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import type { UsedSinceSpec } from "../spec.ts";
import { numberLabel } from "../statistics/level.ts";
import { keepSeenKinds, kindColumns } from "./kinds.ts";
import { holdLength, requireSensor, requireTable } from "./known.ts";
import { columnName } from "./names.ts";

export interface UsedSinceOptions {
  /** Time counts while this sensor is above `above`. Default: all time covered by readings counts. */
  sensor?: string;
  /** In the sensor's unit. Default: 0. */
  above?: number;
  /** How long a reading holds at most. Default: three grid steps; for counters without a grid, three cycles. */
  hold?: Duration;
}

/**
 * `usedSince("maintenance")` gives `maintenance_<kind>_usedSince` for each kind seen by a training row, and
 * `maintenance_any_usedSince`: the hours or cycles in use since the last visible record. A sensor that is named, and then `above`
 * where it is given, end the name: `usedSince("maintenance", { sensor: "rotate", above: 100 })` gives
 * `maintenance_any_usedSince_rotate_100`. Each known reading from that record on holds until the next (the newest until t), at most `hold`; the sum is exact. NaN where there
 * is no record, or no known reading at or before it: what ran before the telemetry began is unknown.
 */
export function usedSince(table: string, options: UsedSinceOptions = {}): UsedSinceSpec {
  const { sensor, above, hold, ...others } = options ?? {};
  const spec = {
    feature: "usedSince",
    table,
    ...(sensor !== undefined && { sensor }),
    ...(above !== undefined && { above }),
    ...(hold !== undefined && { hold }),
    ...others,
  };
  return checkSpec(usedSinceFeature.shape, spec, "usedSince");
}

export const usedSinceFeature: Feature<UsedSinceSpec> = {
  shape: z.strictObject({
    feature: z.literal("usedSince"),
    table: z.string(),
    sensor: z.string().optional(),
    above: z.number().optional(),
    hold: z.string().optional(),
  }),

  plan(spec, context) {
    const { table, sensor, hold } = spec;
    requireTable(context.schema, table, "usedSince");
    if (sensor !== undefined) requireSensor(context.schema, sensor, "usedSince");
    holdLength(context, hold, "usedSince");
    const sensors = (sensor === undefined ? measuredSensors(context.schema) : [sensor]).map((name) => ({
      sensor: name,
    }));
    const columns = columnsOf(spec, context).map(
      ({ name, kind }): RawColumn => ({
        name,
        reads: [{ table, kind }, ...sensors],
        reach: { since: { table, kind } },
        unread: "kept",
      }),
    );
    return { columns, reads: [{ table }, ...sensors] };
  },

  compute(spec, context, workspace) {
    const { table, sensor, above = 0, hold } = spec;
    const readings = sensor === undefined ? workspace.coverage() : workspace.readings(sensor);
    const rule = { above, hold: holdLength(context, hold, "usedSince") };
    const sums = workspace.heldTime(readings, rule);
    const unit = lifeUnit(context.schema.time);
    for (const { name, kind } of columnsOf(spec, context)) {
      const anchor = workspace.lastEvent(table, kind);
      workspace.call(usedTimeCall(workspace.rows, readings, anchor, rule, unit, sums, workspace.output(name)));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (value) => !Number.isNaN(value));
  },
};

function columnsOf({ table, sensor, above }: UsedSinceSpec, { schema }: PlanContext) {
  const limit = sensor === undefined || above === undefined ? undefined : numberLabel(above);
  return kindColumns(schema, table).map(({ kind, label }) => ({
    name: columnName(table, label, "usedSince", sensor, limit),
    kind,
  }));
}
