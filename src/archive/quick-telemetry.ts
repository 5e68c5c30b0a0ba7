/** Telemetry in Parquet files in which nothing is amiss, read, checked and sorted by one scan of all columns and one of the machines alone. */
import type { Telemetry } from "../core/fleet.ts";
import { fileRows } from "./file-rows.ts";
import { isLate } from "./known-at.ts";
import { isLong } from "./long.ts";
import { tableName } from "./long-tables.ts";
import { numberMachines } from "./machine-codes.ts";
import { needsCopy, telemetryRows } from "./read-telemetry.ts";
import { sortRows } from "./sort-telemetry.ts";
import { isScannable, type ScannedFile, scannedFile, scannedRows } from "./sorted-scan.ts";
import { namedColumns } from "./sorted-telemetry.ts";
import { telemetryName } from "./source-name.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import type { LoadContext, TableFile } from "./table.ts";
import { groupBySensors } from "./telemetry-groups.ts";

export interface QuickTelemetry {
  machines: readonly string[];
  sensors: readonly string[];
  tables: Telemetry[];
  /** In the order of the sources. */
  reports: SourceReport[];
}

/** What one table is read from. */
interface QuickTable {
  sensors: readonly string[];
  late: boolean;
  /** The name of its counted rows (file, f0, rows). */
  name: string;
  files: Pick<TableFile, "source" | "report">[];
  /** SQL of its rows, as of a table. */
  rows: string;
}

/**
 * What reading and sorting the sources would give, and the table fleet_machine; undefined, and nothing done, where any row breaks its
 * contract, a machine has two rows at one time, a file cannot be read or changes meanwhile, or a source is not wide Parquet whose rows are
 * all used as they are: whoever reads it with care finds what it is and says so.
 * @throws INTERRUPTED_LOAD
 */
export async function quickTelemetry(
  context: LoadContext,
  specs: readonly SourceSpec[],
): Promise<QuickTelemetry | undefined> {
  const { database } = context;
  if (specs.some((spec) => isLong(spec.sensors) || needsCopy(spec))) return undefined;
  try {
    const tables = plannedTables(context, specs);
    const read = tables && (await readTables(context, tables, specs.length));
    if (read !== undefined) return read;
  } catch {
    database.check();
  }
  for (const name of ["fleet_machine", ...specs.map((_, i) => countsName(i))])
    await database.run(`DROP TABLE IF EXISTS ${name}`);
  return undefined;
}

function countsName(table: number): string {
  return `telemetry_counts_${table}`;
}

function plannedTables(context: LoadContext, specs: readonly SourceSpec[]): QuickTable[] | undefined {
  const tables: QuickTable[] = [];
  for (const [number, { sensors, members }] of groupBySensors(specs).entries()) {
    const files: QuickTable["files"] = [];
    const scanned: ScannedFile[] = [];
    for (const i of members) {
      const source = telemetryName(i, specs.length);
      const rows = telemetryRows(context, specs[i], source, sensors);
      if (!isScannable(rows)) return undefined;
      for (const open of context.files.get(source) ?? []) {
        const made = fileRows(rows, open, context.time);
        if (made.repairs.length > 0) return undefined;
        scanned.push(scannedFile(files.length, open, made));
        const { path, bytes, sha256 } = open.file;
        files.push({ source, report: { path, bytes, sha256, read: 0, used: 0, quarantined: {} } });
      }
    }
    const late = members.some((i) => isLate(specs[i]));
    tables.push({ sensors, late, name: countsName(number), files, rows: scannedRows(scanned).join(" UNION ALL ") });
  }
  return tables;
}

async function readTables(
  context: LoadContext,
  tables: readonly QuickTable[],
  sources: number,
): Promise<QuickTelemetry | undefined> {
  const { database } = context;
  for (const { name, rows } of tables) {
    await database.run(
      `CREATE TEMP TABLE ${name} AS SELECT file, f0, count(*) AS rows FROM (${rows}) GROUP BY file, f0`,
    );
  }
  const machines = await numberMachines(context, tables);
  const codes = new Map(machines.map((machine, code) => [machine, code]));
  const sorted: Telemetry[] = [];
  for (const [i, table] of tables.entries()) {
    const { name: counts, sensors, late } = table;
    const offsets = await countRows(context, table, codes);
    // A row that breaks the contract is left out, so that its machine has fewer than were counted.
    const name = `(SELECT * FROM (${table.rows}) WHERE issue IS NULL)`;
    const sortable = offsets && (await sortRows(context, { name, sensors, late }, offsets));
    if (offsets === undefined || sortable === undefined || sortable.repeated !== -1) return undefined;
    sorted.push({ name: tableName(i), offsets, ...namedColumns(table, sortable.columns) });
    await database.run(`DROP TABLE ${counts}`);
  }
  const files = tables.flatMap((table) => table.files);
  const reports = Array.from({ length: sources }, (_, i) => {
    const source = telemetryName(i, sources);
    return sourceReport(
      source,
      files.filter((file) => file.source === source).map(({ report }) => report),
    );
  });
  for (const _ of reports) context.onSource();
  return { machines, sensors: tables.flatMap(({ sensors }) => sensors), tables: sorted, reports };
}

/** Counts the rows of each file, and gives where each machine's begin; undefined where a row names no machine. */
async function countRows(
  { database }: LoadContext,
  { name, files }: QuickTable,
  codes: ReadonlyMap<string, number>,
): Promise<Uint32Array | undefined> {
  const offsets = new Uint32Array(codes.size + 1);
  for (const [file, machine, rows] of await database.rows(`SELECT file, f0, rows FROM ${name}`)) {
    const code = codes.get(String(machine));
    if (machine === null || code === undefined) return undefined;
    const { report } = files[Number(file)];
    report.read += Number(rows);
    report.used = report.read;
    offsets[code + 1] += Number(rows);
  }
  for (let code = 0; code < codes.size; code++) offsets[code + 1] += offsets[code];
  return offsets;
}
