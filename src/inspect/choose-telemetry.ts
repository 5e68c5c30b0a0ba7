/** Of the tables that could be telemetry, those that a pipeline is to read. */
import { compareBytes } from "../core/order.ts";
import type { Choice, LeftOut } from "./proposal.ts";
import { aggregatesOf, type TelemetryRole } from "./telemetry-roles.ts";
import { count, grouped, listed } from "./words.ts";

/** The one with the most rows, and others of its kind of time with sensors of their own. */
export function chooseTelemetry(
  found: readonly TelemetryRole[],
  choices: Choice[],
  leftOut: LeftOut[],
): TelemetryRole[] {
  const chosen: TelemetryRole[] = [];
  const taken = new Set<string>();
  for (const role of found) {
    const { table, long } = role;
    const aside = (why: string) => leftOut.push({ what: table.path, why });
    const columns = long === undefined ? role.sensors.map((i) => table.profile[i].name) : long.tags;
    if (chosen.length > 0 && role.timeKind !== chosen[0].timeKind) {
      aside(
        `its time ${role.timeKind === "cycles" ? "counts cycles" : "is a timestamp"}, unlike that of ${chosen[0].table.path}`,
      );
      continue;
    }
    const computed = aggregatesOf(
      role,
      found.filter((other) => other !== role),
    );
    if (computed.length > 0 && computed.length >= columns.length / 4) {
      aside(
        `${listed(computed.map((i) => table.profile[i].name))} are computed from the readings of another file, and may know more than had happened at their time`,
      );
      continue;
    }
    const sameSensors = chosen.some((other) => sensorKey(other) === sensorKey(role));
    if (!sameSensors && columns.some((name) => taken.has(name))) {
      aside(`it has sensors that ${chosen[0].table.path} has too`);
      continue;
    }
    for (const name of columns) taken.add(name);
    chosen.push(role);
    leftOut.push(...role.leftOut);
    const machine = table.profile[role.machine].name;
    const time = table.profile[role.time].name;
    const readings =
      long === undefined ? `${count(columns.length, "sensor")}` : `one reading a row, ${count(columns.length, "tag")}`;
    choices.push({
      about: "telemetry",
      choice: table.path,
      sure: table.headless ? "guess" : "sure",
      why: `${grouped(table.rows)} rows of ${count(table.profile[role.machine].distinct, "machine")} (column ${machine}) by time (${time}), ${readings}`,
    });
  }
  return chosen;
}

function sensorKey({ table, sensors, long }: TelemetryRole): string {
  return JSON.stringify((long?.tags ?? sensors.map((i) => table.profile[i].name)).toSorted(compareBytes));
}
