/** Loads an archive: reads, checks and sorts all its sources, joined with the reference data, into one fleet. */
import type { Events, Fleet, Telemetry } from "../core/fleet.ts";
import { checkMappings } from "./check-mapping.ts";
import { type Database, withDatabase } from "./database.ts";
import { type OpenArchive, openArchive } from "./drift.ts";
import { loadEndOfLife } from "./end-of-life-events.ts";
import { loadEvents } from "./events.ts";
import { type ArchiveFiles, checkUnchanged, findArchive } from "./find-archive.ts";
import { joinAlike, tableName } from "./long-tables.ts";
import { numberMachines } from "./machine-codes.ts";
import { loadMachineTable, readMachineRows } from "./machine-table.ts";
import { createQuarantine, type QuarantinedRows, quarantinedRows } from "./quarantine.ts";
import { quickTelemetry } from "./quick-telemetry.ts";
import { readTelemetry, type TelemetryTable } from "./read-telemetry.ts";
import { loadLimits, loadSchedule } from "./reference.ts";
import { sortTelemetry } from "./sort-telemetry.ts";
import { footerTotals } from "./sorted-footers.ts";
import { checkMemory, memoryBytes, usualMemory } from "./sorted-memory.ts";
import type { FleetRest } from "./sorted-slice.ts";
import { telemetryTotals } from "./sorted-telemetry.ts";
import type { SourceReport } from "./source-report.ts";
import { archiveSources } from "./sources.ts";
import type { ArchiveSpec } from "./spec.ts";
import type { LoadContext } from "./table.ts";

export interface LoadOptions {
  /** The archive's folder, which relative paths start from. */
  folder: string;
  /** The archive's files, where they have been found already. Default: they are found in the folder. */
  files?: ArchiveFiles;
  /** Aborting it ends the load with INTERRUPTED_LOAD. */
  signal?: AbortSignal;
  /**
   * How much the sorted columns may take in memory ("16GB"). Default: four fifths of what the machine or the container has.
   * `sortToFolder` needs less.
   */
  memory?: string;
  /** The clock: a time of telemetry or events more than a day after it is refused. Default: there is none, and no time is too late. */
  now?: Date;
  /** Sources read, of all. */
  onProgress?: (done: number, total: number) => void;
}

export interface LoadedArchive {
  fleet: Fleet;
  /** In the order machines, telemetry, events, reference. */
  sources: readonly SourceReport[];
  /** The rows that were set aside, each with its reason; left out where there is none. */
  quarantine?: QuarantinedRows;
}

/**
 * The same rows give the same fleet, however they are ordered or cut into files. Instants are whole microseconds UTC (a naive timestamp
 * is UTC, what is finer than a microsecond is dropped) or whole cycles. A missing reading is NaN. Rows that break
 * their source's contract are refused, set aside and counted, or repaired, as the contract says.
 * @throws PIPELINE_MAPPING, DATA_FILES_MISSING, DATA_FILE_UNREADABLE, DATA_COLUMN_MISSING, DATA_COLUMN_TYPE, DATA_TIME_UNREADABLE,
 * DATA_CYCLE_NOT_WHOLE, DATA_NULL_KEY, DATA_NOT_FINITE, DATA_DUPLICATE, DATA_EMPTY, DATA_OUT_OF_RANGE, DATA_MEMORY, DATA_CHANGED, TIME_NOT_UNIQUE, TIME_IN_FUTURE, INTERRUPTED_LOAD and others, always with the file and
 * the first row at fault.
 */
export async function loadFleet(spec: ArchiveSpec, options: LoadOptions): Promise<LoadedArchive> {
  checkMappings(spec);
  const limit = options.memory === undefined ? usualMemory() : memoryBytes(options.memory);
  const files = options.files ?? (await findArchive(spec, options.folder));
  const { rest, tables, ...accounts } = await withDatabase(options.signal, async (database) => {
    checkColumns(await footerTotals(database, spec, files), limit);
    return await readArchive<{ long?: string; telemetry: Telemetry }>(spec, { ...options, files }, database, {
      prepare: (tables) => checkColumns(telemetryTotals(tables), limit),
      async sort(context, table, name, machines) {
        const telemetry = await sortTelemetry(context, table, name, machines);
        return { sorted: { long: table.long, telemetry }, ends: telemetry };
      },
      async quickly(context) {
        const read = await quickTelemetry(context, spec.telemetry);
        return (
          read && { ...read, tables: read.tables.map((telemetry) => ({ sorted: { telemetry }, ends: telemetry })) }
        );
      },
    });
  });
  await checkUnchanged(files);
  return { fleet: { ...rest, telemetry: joinAlike(tables) }, ...accounts };
}

function checkColumns({ rows, bytes }: { rows: number; bytes: number }, limit: number): void {
  checkMemory(bytes, limit, `the sorted columns of ${rows} telemetry rows`);
}

/** Telemetry that is read and sorted. */
interface SortedTables<T> {
  machines: readonly string[];
  sensors: readonly string[];
  /** `ends` has at least the last row of each machine. */
  tables: { sorted: T; ends: Pick<Telemetry, "offsets" | "time"> }[];
  /** In the order of the sources. */
  reports: readonly SourceReport[];
}

/** What becomes of a telemetry table. */
export interface TableSorter<T> {
  /** A quicker way to read and sort all telemetry; undefined where it is none for this archive. Default: there is none. */
  quickly?: (context: LoadContext) => Promise<SortedTables<T> | undefined>;
  /** Called once all tables are read and checked, before the first is sorted. */
  prepare: (tables: readonly TelemetryTable[]) => void;
  sort: (
    context: LoadContext,
    table: TelemetryTable,
    name: string,
    machines: readonly string[],
  ) => Promise<SortedTables<T>["tables"][number]>;
}

export interface ReadArchive<T> {
  rest: FleetRest;
  tables: T[];
  sources: readonly SourceReport[];
  quarantine?: QuarantinedRows;
}

/** Reads all sources of an archive, whatever becomes of its telemetry. */
export async function readArchive<T>(
  spec: ArchiveSpec,
  options: LoadOptions & { files: ArchiveFiles },
  database: Database,
  sorter: TableSorter<T>,
): Promise<ReadArchive<T>> {
  const { schedule: scheduleSpec, limits: limitsSpec } = spec.reference ?? {};
  const names = archiveSources(spec).map(({ name }) => name);
  let done = 0;
  const opened = await openArchive(database, spec, options.files);
  const context: LoadContext = {
    database,
    files: opened.files,
    time: spec.time,
    quarantine: await createQuarantine(database),
    ...(options.now && spec.time === "timestamp" && { latest: options.now.getTime() * 1000 + DAY }),
    onSource: () => options.onProgress?.(++done, names.length),
  };
  const machineRows = spec.machines && (await readMachineRows(context, spec.machines));
  const telemetry = (await sorter.quickly?.(context)) ?? (await readWithCare(context, spec, sorter));
  const { machines, tables } = telemetry;
  const ends = tables.map((table) => table.ends);
  const events: Record<string, Events> = {};
  const eventReports: SourceReport[] = [];
  for (const [name, source] of Object.entries(spec.events ?? {})) {
    if (source.format === "endOfLife") {
      const loaded = await loadEndOfLife(context, name, source, ends, machines);
      events[name] = loaded.events;
      eventReports.push(...loaded.reports);
    } else {
      const loaded = await loadEvents(context, name, source, machines);
      events[name] = loaded.events;
      eventReports.push(loaded.report);
    }
  }
  const table = spec.machines && machineRows && (await loadMachineTable(context, machineRows, spec.machines, machines));
  const schedule = scheduleSpec && (await loadSchedule(context, scheduleSpec));
  const limits = limitsSpec && (await loadLimits(context, limitsSpec, telemetry.sensors));
  const reports = [table?.report, ...telemetry.reports, ...eventReports, schedule?.report, limits?.report];
  const quarantine = await quarantinedRows(database, context.quarantine, names);
  return {
    rest: {
      time: spec.time,
      machines,
      events,
      ...(table && { machineTable: table.machineTable }),
      ...(schedule && { schedule: schedule.schedule }),
      ...(limits && { limits: limits.limits }),
    },
    tables: tables.map(({ sorted }) => sorted),
    sources: reports
      .filter((report) => report !== undefined)
      .map((report) => ({ ...report, ...columnsOf(opened, report.source) })),
    ...(quarantine && { quarantine }),
  };
}

/** Reads all telemetry, sets aside what breaks its contract, and sorts the rest. */
async function readWithCare<T>(
  context: LoadContext,
  { telemetry }: ArchiveSpec,
  { prepare, sort }: TableSorter<T>,
): Promise<SortedTables<T>> {
  const { tables, reports } = await readTelemetry(context, telemetry);
  prepare(tables);
  const machines = await numberMachines(context, tables);
  const sorted: SortedTables<T>["tables"] = [];
  for (const [i, table] of tables.entries()) sorted.push(await sort(context, table, tableName(i), machines));
  return { machines, sensors: tables.flatMap(({ sensors }) => sensors), tables: sorted, reports };
}

/** How far after the loader's clock a time may lie, since clocks differ and zones are forgotten. */
const DAY = 86_400_000_000;

function columnsOf({ changes }: OpenArchive, source: string) {
  const columns = changes.get(source);
  return columns === undefined ? {} : { columns };
}
