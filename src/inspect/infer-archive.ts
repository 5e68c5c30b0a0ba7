/** `inferArchive`: a contract and a pipeline for a folder of files that nobody has described. */
import { basename, resolve } from "node:path";
import { withDatabase } from "../archive/database.ts";
import type { ArchiveSpec, SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { type CheckArchiveOptions, inspectArchive, refusalOf } from "./check-archive.ts";
import type { Finding } from "./finding.ts";
import { listTables } from "./list-tables.ts";
import { withMissingTexts } from "./missing-texts.ts";
import { profileTable, type TableProfile } from "./profile-table.ts";
import type { Choice, LeftOut, Proposal } from "./proposal.ts";
import { proposeArchive } from "./propose-archive.ts";
import { proposeLearning } from "./propose-learning.ts";

export type InferOptions = Pick<CheckArchiveOptions, "folder" | "now" | "signal"> & {
  /** The model's name. Default: the folder's. */
  name?: string;
};

/** What is in a folder, without a look at how well it is. */
export interface DescribedFolder {
  archive: ArchiveSpec;
  choices: readonly Choice[];
  leftOut: readonly LeftOut[];
  problems: readonly string[];
}

/**
 * Finds the files and tells their roles from names, types and values that they share. Looks at all rows.
 * @throws DATA_FOLDER_MISSING, DATA_FILES_MISSING, DATA_NO_TELEMETRY, SERVICE_STORE, INTERRUPTED_LOAD
 */
export async function describeFolder(folder: string, signal?: AbortSignal): Promise<DescribedFolder> {
  return await withDatabase(signal, async (database) => {
    const found = await listTables(database, folder);
    const tables: TableProfile[] = [];
    for (const [i, table] of found.tables.entries()) tables.push(await profileTable(database, table, i));
    const { archive, choices, leftOut, problems } = await proposeArchive(database, tables);
    const aside = [...found.unreadable.map(({ path, why }) => ({ what: path, why })), ...leftOut];
    if (archive !== undefined) return { archive, choices, leftOut: aside, problems };
    throw new ForewarnError("DATA_NO_TELEMETRY", {
      problem: problems.join("; "),
      expected: "a table with a machine column, a time column and columns of readings",
      found: aside.map(({ what, why }) => `${what} (${why})`).join("; ") || "none of the files is one",
      where: resolve(folder),
    });
  });
}

/** A column shows one text that is no number at a time; what is left after these gets a rule. */
const MOST_ROUNDS = 3;

/**
 * Proposes how to read a folder and what to learn from it. What a run would refuse of the data gets the rule that loses least. Asks
 * nothing, writes nothing.
 * @throws what `describeFolder` throws
 */
export async function inferArchive(options: InferOptions): Promise<Proposal> {
  const { folder, signal, now } = options;
  const described = await describeFolder(folder, signal);
  const choices: Choice[] = [...described.choices];
  const problems = [...described.problems];
  let read = described.archive;
  let inspection = await inspectArchive(read, { folder, now, signal });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = withMissingTexts(read, inspection.findings, choices);
    if (next === read) break;
    read = next;
    inspection = await inspectArchive(read, { folder, now, signal });
  }
  const archive = withContracts(read, inspection.findings, choices);
  const local = inspection.findings.filter(({ code, contract, severity }) => {
    return severity === "refused" && code === "duplicate" && contract === undefined;
  });
  if (local.length > 0) problems.push(...local.map(({ source, finding, todo }) => `${source}: ${finding}; ${todo}`));
  else if (inspection.findings.some(({ severity }) => severity === "refused")) {
    const refusal = await refusalOf(archive, { folder, now, signal });
    if (refusal !== undefined) {
      const { hint } = refusal.details;
      problems.push(`${refusal.message}${hint === undefined ? "" : ` (${hint})`}`);
    }
  }
  const learned = proposeLearning(archive, inspection);
  if (learned === undefined)
    problems.push("no failure lies within the telemetry: a model needs a table of failures with a machine and a time");
  return {
    name: modelName(options.name ?? basename(resolve(folder))),
    archive,
    ...(learned === undefined ? {} : { learning: learned.learning }),
    choices: [...choices, ...(learned?.choices ?? [])],
    leftOut: described.leftOut,
    problems,
  };
}

/** The archive with the rules that what was refused needs. */
function withContracts(archive: ArchiveSpec, findings: readonly Finding[], choices: Choice[]): ArchiveSpec {
  const rulesOf = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.severity !== "refused" || finding.contract === undefined) continue;
    for (const source of finding.source.split(", ")) rulesOf.set(source, [...(rulesOf.get(source) ?? []), finding]);
  }
  const mend = <T extends { format: string }>(source: T, name: string): T => {
    const own = rulesOf.get(name);
    if (own === undefined) return source;
    for (const { code, finding, contract } of own) {
      const [limit, moves] =
        contract?.notAfter === undefined ? ["", ""] : [", with notAfter", "; move it on as new data come in"];
      choices.push({ about: name, choice: `a rule for ${code}${limit}`, sure: "likely", why: `${finding}${moves}` });
    }
    const rules = Object.assign({}, ...own.map(({ contract }) => contract?.rules)) as SourceSpec["rules"];
    const limits = own.flatMap(({ contract }) => contract?.notAfter ?? []);
    return { ...source, rules, ...(limits.length === 0 ? {} : { notAfter: limits[0] }) };
  };
  const { machines, telemetry, events = {}, reference = {} } = archive;
  return {
    ...archive,
    ...(machines === undefined ? {} : { machines: mend(machines, "machines") }),
    telemetry: telemetry.map((source, i) => mend(source, telemetry.length === 1 ? "telemetry" : `telemetry[${i}]`)),
    events: Object.fromEntries(Object.entries(events).map(([name, source]) => [name, mend(source, `events.${name}`)])),
    reference: Object.fromEntries(
      Object.entries(reference).map(([name, source]) => [
        name,
        source === undefined ? source : mend(source, `reference.${name}`),
      ]),
    ),
  };
}

function modelName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 100);
  return name === "" ? "fleet" : name;
}
