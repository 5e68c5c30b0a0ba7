/** The description of an archive for a folder of files, each choice with its reason. */
import type { Database } from "../archive/database.ts";
import type { ArchiveSpec } from "../archive/spec.ts";
import { assignRoles, type FolderRoles } from "./assign-roles.ts";
import type { TableProfile } from "./profile-table.ts";
import type { Choice, LeftOut } from "./proposal.ts";
import { archiveOfRoles } from "./source-specs.ts";
import { count } from "./words.ts";

export interface ProposedArchive {
  /** Undefined where no table looks like telemetry. */
  archive?: ArchiveSpec;
  choices: Choice[];
  leftOut: LeftOut[];
  problems: string[];
}

export async function proposeArchive(database: Database, tables: readonly TableProfile[]): Promise<ProposedArchive> {
  const choices: Choice[] = [];
  const leftOut: LeftOut[] = [];
  const problems = foreignTimes(tables);
  const roles = await assignRoles(database, tables, choices, leftOut, problems);
  if (roles === undefined) {
    problems.push("no table has a machine, a time and readings: is there telemetry in this folder?");
    return { choices, leftOut, problems };
  }
  return { archive: archiveOfRoles(roles), choices: [...choices, ...reasons(roles)], leftOut, problems };
}

function reasons({ events, machines, schedule, limits, life }: FolderRoles): Choice[] {
  const sure = (about: string, role: { table: TableProfile } | undefined, why: string): Choice[] =>
    role === undefined ? [] : [{ about, choice: role.table.path, sure: "sure", why }];
  return [
    ...events.map(({ table, name, sure, why, known }) => ({
      about: `events.${name}`,
      choice: table.path,
      sure,
      why: `${why}; ${count(table.rows, "row")}, ${Math.round(100 * known)} % of its machines have telemetry`,
    })),
    ...(life === undefined
      ? []
      : [{ about: "events.failures", choice: life.choice, sure: "likely" as const, why: life.why }]),
    ...sure("machines", machines, "it has one row a machine"),
    ...sure("schedule", schedule, "it has an interval for each component"),
    ...sure("limits", limits, "it has bounds for each sensor"),
  ];
}

function foreignTimes(tables: readonly TableProfile[]): string[] {
  return tables.flatMap(({ path, profile }) =>
    profile.flatMap(({ name, foreignTime }) =>
      foreignTime === undefined
        ? []
        : [`${path}: times in column ${name} are written like ${foreignTime}; write them like 2025-12-31 23:59:59`],
    ),
  );
}
