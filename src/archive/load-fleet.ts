/** Loads an archive: reads, checks and sorts all its sources, joined with the reference data, into one fleet. */
import type { Events, Fleet } from "../core/fleet.ts";
import { checkMappings } from "./check-mapping.ts";
import { type Database, withDatabase } from "./database.ts";
import { loadEndOfLife } from "./end-of-life-events.ts";
import { loadEvents } from "./events.ts";
import { type ArchiveFiles, checkUnchanged, findArchive } from "./find-archive.ts";
import { numberMachines } from "./machine-codes.ts";
import { loadMachineTable } from "./machine-table.ts";
import { readTelemetry } from "./read-telemetry.ts";
import { loadLimits, loadSchedule } from "./reference.ts";
import { sortTelemetry } from "./sort-telemetry.ts";
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
  /** Sources read, of all. */
  onProgress?: (done: number, total: number) => void;
}

export interface LoadedArchive {
  fleet: Fleet;
  /** In the order machines, telemetry, events, reference. */
  sources: readonly SourceReport[];
}

/**
 * The same rows give the same fleet, however they are ordered or cut into files. Instants are whole microseconds UTC (a naive timestamp
 * is UTC, what is finer than a microsecond is dropped) or whole cycles. A missing reading is NaN. Rows of machines without telemetry are
 * set aside and counted.
 * @throws PIPELINE_MAPPING, DATA_FILES_MISSING, DATA_FILE_UNREADABLE, DATA_COLUMN_MISSING, DATA_COLUMN_TYPE, DATA_TIME_UNREADABLE,
 * DATA_CYCLE_NOT_WHOLE, DATA_NULL_KEY, DATA_NOT_FINITE, DATA_DUPLICATE, DATA_EMPTY, DATA_CHANGED, INTERRUPTED_LOAD and others, always with the file and
 * the first row at fault.
 */
export async function loadFleet(spec: ArchiveSpec, options: LoadOptions): Promise<LoadedArchive> {
  checkMappings(spec);
  const files = options.files ?? (await findArchive(spec, options.folder));
  const loaded = await withDatabase(options.signal, (database) => load(spec, { ...options, files }, database));
  await checkUnchanged(files);
  return loaded;
}

async function load(
  spec: ArchiveSpec,
  options: LoadOptions & { files: ArchiveFiles },
  database: Database,
): Promise<LoadedArchive> {
  const { schedule: scheduleSpec, limits: limitsSpec } = spec.reference ?? {};
  const total = archiveSources(spec).length;
  let done = 0;
  const context: LoadContext = {
    database,
    files: options.files,
    time: spec.time,
    onSource: () => options.onProgress?.(++done, total),
  };
  const telemetryRead = await readTelemetry(context, spec.telemetry);
  const machines = await numberMachines(context, telemetryRead.tables);
  const telemetry = [];
  for (const [i, table] of telemetryRead.tables.entries()) {
    telemetry.push(await sortTelemetry(context, table, i === 0 ? "telemetry" : `telemetry_${i + 1}`, machines));
  }
  const events: Record<string, Events> = {};
  const eventReports: SourceReport[] = [];
  for (const [name, source] of Object.entries(spec.events ?? {})) {
    if (source.format === "endOfLife") {
      const loaded = await loadEndOfLife(context, name, source, telemetry, machines);
      events[name] = loaded.events;
      eventReports.push(...loaded.reports);
    } else {
      const loaded = await loadEvents(context, name, source, machines);
      events[name] = loaded.events;
      eventReports.push(loaded.report);
    }
  }
  const table = spec.machines && (await loadMachineTable(context, spec.machines, machines));
  const schedule = scheduleSpec && (await loadSchedule(context, scheduleSpec));
  const sensors = telemetry.flatMap((table) => Object.keys(table.sensors));
  const limits = limitsSpec && (await loadLimits(context, limitsSpec, sensors));
  const reports = [table?.report, ...telemetryRead.reports, ...eventReports, schedule?.report, limits?.report];
  return {
    fleet: {
      time: spec.time,
      machines,
      telemetry,
      events,
      ...(table && { machineTable: table.machineTable }),
      ...(schedule && { schedule: schedule.schedule }),
      ...(limits && { limits: limits.limits }),
    },
    sources: reports.filter((report) => report !== undefined),
  };
}
