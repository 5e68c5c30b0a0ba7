/** Telemetry sources that name the same sensors, which become one table. */
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { isLong, sensorsOf } from "./long.ts";
import { telemetryName } from "./source-name.ts";
import type { SourceSpec } from "./spec.ts";

export interface TelemetryGroup {
  sensors: readonly string[];
  /** Its sources, by their places among all. */
  members: readonly number[];
}

/** @throws PIPELINE_SENSOR_TWICE */
export function groupBySensors(specs: readonly SourceSpec[]): TelemetryGroup[] {
  const groups = new Map<string, { sensors: readonly string[]; members: number[] }>();
  const owner = new Map<string, string>();
  specs.forEach((spec, i) => {
    const sensors = sensorsOf(spec);
    const key = JSON.stringify([isLong(spec.sensors), ...[...sensors].sort(compareBytes)]);
    const group = groups.get(key);
    if (group !== undefined) {
      group.members.push(i);
      return;
    }
    groups.set(key, { sensors, members: [i] });
    for (const sensor of sensors) {
      const other = owner.get(sensor);
      if (other !== undefined) {
        throw new ForewarnError("PIPELINE_SENSOR_TWICE", {
          problem: "a sensor is named twice",
          expected: "sources with the same sensors, or with sensors of their own",
          found: `\`${sensor}\` in ${other} and ${telemetryName(i, specs.length)}`,
        });
      }
      owner.set(sensor, telemetryName(i, specs.length));
    }
  });
  return [...groups.values()];
}
