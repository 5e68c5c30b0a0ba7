/** Of the tables that could be telemetry, those that a pipeline is to read. */
import { compareBytes } from "../core/order.ts";
import { codeText } from "./code-text.ts";
import type { Choice, LeftOut } from "./proposal.ts";
import { type RenamedSensors, renamedSensors } from "./renamed-sensors.ts";
import { aggregatesOf, type TelemetryRole } from "./telemetry-roles.ts";
import { count, grouped, listed } from "./words.ts";

/** The one with the most rows, and others of its kind of time with sensors of their own. */
export function chooseTelemetry(
  found: readonly TelemetryRole[],
  choices: Choice[],
  leftOut: LeftOut[],
  problems: string[],
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
    let told: { renamed: Readonly<Record<string, string>>; sure: Choice["sure"]; why: string } | undefined;
    if (!sameSensors && columns.some((name) => taken.has(name))) {
      const [other, found] = nearest(chosen, role) ?? [chosen[0]];
      const pairs = [...(found?.names ?? [])].map(([column, sensor]) => `\`${column}\` is \`${sensor}\``);
      if (found?.by === undefined) {
        const has = `it has sensors that ${other.table.path} has too`;
        aside(has);
        if (found === undefined) continue;
        const renamed = codeText(Object.fromEntries([...found.names].map(([column, sensor]) => [sensor, [column]])));
        problems.push(
          `${table.path} is left out: ${has}; if ${listed(pairs)} there, add it as a second source with the same sensors and say renamed: ${renamed}`,
        );
        const at = choices.findIndex(({ choice }) => choice === other.table.path);
        choices[at] = { ...choices[at], sure: "guess", why: `${choices[at].why}; ${table.path} is left out` };
        continue;
      }
      told = {
        renamed: Object.fromEntries(found.names),
        sure: found.by === "names" ? "likely" : "guess",
        why: `; its ${listed(pairs)} of ${other.table.path}, as ${found.by === "names" ? "the names are alike" : "their values lie alike"} and all other sensors are the same`,
      };
    }
    for (const name of columns) taken.add(told?.renamed[name] ?? name);
    chosen.push(told === undefined ? role : { ...role, renamed: told.renamed });
    leftOut.push(...role.leftOut);
    const machine = table.profile[role.machine].name;
    const time = table.profile[role.time].name;
    const readings =
      long === undefined ? `${count(columns.length, "sensor")}` : `one reading a row, ${count(columns.length, "tag")}`;
    choices.push({
      about: "telemetry",
      choice: table.path,
      sure: table.headless ? "guess" : (told?.sure ?? "sure"),
      why: `${grouped(table.rows)} rows of ${count(table.profile[role.machine].distinct, "machine")} (column ${machine}) by time (${time}), ${readings}${told?.why ?? ""}`,
    });
  }
  return chosen;
}

/** The chosen table from which another differs by a few names alone. */
function nearest(chosen: readonly TelemetryRole[], role: TelemetryRole): [TelemetryRole, RenamedSensors] | undefined {
  for (const other of chosen) {
    const found = other.renamed === undefined ? renamedSensors(other, role) : undefined;
    if (found !== undefined) return [other, found];
  }
  return undefined;
}

function sensorKey({ table, sensors, long, renamed = {} }: TelemetryRole): string {
  return JSON.stringify(
    (long?.tags ?? sensors.map((i) => renamed[table.profile[i].name] ?? table.profile[i].name)).toSorted(compareBytes),
  );
}
