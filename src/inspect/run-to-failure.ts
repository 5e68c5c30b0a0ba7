/** Machines that run to failure: files that number them alike, and where their failures are. */
import type { Database } from "../archive/database.ts";
import { rowNumber } from "../archive/row-number.ts";
import type { EndOfLifeSpec } from "../archive/spec.ts";
import { nameToken } from "./data-sets.ts";
import { machineNames } from "./machine-columns.ts";
import type { TableProfile } from "./profile-table.ts";
import { sourceOf } from "./source-of.ts";
import type { TelemetryRole } from "./telemetry-roles.ts";

export interface LifeRole {
  spec: EndOfLifeSpec;
  /** The table of remaining lives, where there is one. */
  table?: TableProfile;
  choice: string;
  why: string;
}

/** Files that number their machines alike get a prefix each, from their names. */
export async function machinePrefixes(
  database: Database,
  telemetry: readonly TelemetryRole[],
): Promise<(string | undefined)[]> {
  const headless = telemetry.filter(({ table }) => table.headless);
  if (headless.length < 2) return telemetry.map(() => undefined);
  const names = await Promise.all(telemetry.map(({ table, machine }) => machineNames(database, table, machine)));
  const clash = names.some((own, i) => names.some((other, j) => j > i && [...own].some((name) => other.has(name))));
  return telemetry.map(({ table }) => (clash ? `${nameToken(table.path)}-` : undefined));
}

/** Machines that run to failure: at their last cycle, or what a file with one number a machine says. */
export function lifeRole(
  rest: readonly TableProfile[],
  telemetry: readonly TelemetryRole[],
  prefixes: readonly (string | undefined)[],
): LifeRole {
  const spec: EndOfLifeSpec = { format: "endOfLife", component: "machine" };
  const lives = rest.find(
    ({ profile, rows }) =>
      profile.length === 1 &&
      profile[0].kind === "whole" &&
      telemetry.some((role) => role.table.profile[role.machine].distinct === rows),
  );
  if (lives === undefined) {
    return {
      spec,
      choice: "endOfLife()",
      why: "the time counts cycles and no file lists failures: each machine is taken to fail at its last cycle",
    };
  }
  const fitting = telemetry.findLastIndex((role) => role.table.profile[role.machine].distinct === lives.rows);
  const named = telemetry.findIndex(
    (role) => /test|eval/i.test(role.table.path) && role.table.profile[role.machine].distinct === lives.rows,
  );
  const of = named === -1 ? fitting : named;
  spec.remaining = sourceOf(lives, {
    columns: ["remaining"],
    machine: rowNumber(),
    machinePrefix: prefixes[of],
    remaining: "remaining",
  });
  const why = `the time counts cycles, no file lists failures, and ${lives.path} has one number for each machine of ${telemetry[of].table.path}: the cycles it had left`;
  return { spec, choice: `endOfLife, with ${lives.path}`, why, table: lives };
}
