/** Writes a simulated fleet as an archive of Parquet and CSV files with a page that explains them. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { storeError, writeFileAtomic } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";
import { csvText } from "./csv-text.ts";
import { fleetReadme } from "./fleet-readme.ts";
import { components, models, sensors } from "./physics.ts";
import type { SimulatedEvent, SimulatedFleet } from "./simulated-fleet.ts";

export interface WriteFleetOptions {
  /** Write also into a folder that holds files, whose telemetry/*.parquet and tables are removed first. Default: false. */
  overwrite?: boolean;
}

/**
 * Writes telemetry/<year>-<month>.parquet, errors.csv, maintenance.csv, failures.csv, downtime.csv, machines.csv, schedule.csv,
 * limits.csv and README.md into a new or empty folder. Returns the paths, relative to the folder.
 * @throws USAGE_FOLDER_NOT_EMPTY, SERVICE_STORE
 */
export async function writeFleet(
  folder: string,
  fleet: SimulatedFleet,
  { overwrite = false }: WriteFleetOptions = {},
): Promise<string[]> {
  const files = new Map<string, string | Uint8Array>([
    ...telemetryFiles(fleet),
    ["errors.csv", eventFile(fleet.errors, "code")],
    ["maintenance.csv", eventFile(fleet.maintenance, "component")],
    ["failures.csv", eventFile(fleet.failures, "component")],
    ["downtime.csv", downtimeFile(fleet)],
    ["machines.csv", machineFile(fleet)],
    ["schedule.csv", scheduleFile()],
    ["limits.csv", limitFile()],
    ["README.md", fleetReadme(fleet)],
  ]);
  const telemetry = join(folder, "telemetry");
  try {
    await mkdir(folder, { recursive: true });
    const present = await readdir(folder);
    if (present.length > 0 && !overwrite) throw notEmpty(folder, present);
    // A month or a table that the new fleet does not have would be read as part of it.
    const months = (await unlessAbsent(() => readdir(telemetry))).filter((name) => name.endsWith(".parquet"));
    const old = [
      ...months.map((name) => join(telemetry, name)),
      ...[...files.keys()].map((path) => join(folder, path)),
    ];
    await Promise.all(old.map((path) => rm(path, { force: true })));
    await mkdir(telemetry, { recursive: true });
  } catch (error) {
    throw storeError(error, folder);
  }
  for (const [path, content] of files) await writeFileAtomic(join(folder, path), content);
  return [...files.keys()].sort(compareBytes);
}

async function unlessAbsent(list: () => Promise<string[]>): Promise<string[]> {
  try {
    return await list();
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

function notEmpty(folder: string, present: readonly string[]): ForewarnError {
  return new ForewarnError("USAGE_FOLDER_NOT_EMPTY", {
    problem: "the folder holds files already",
    expected: "a new or empty folder",
    found: `${[...present].sort(compareBytes).slice(0, 3).join(", ")}${present.length > 3 ? ", …" : ""}`,
    where: folder,
    hint: "name another folder, or --overwrite to replace an earlier simulation",
  });
}

function telemetryFiles({ telemetry }: SimulatedFleet): [string, Uint8Array][] {
  const months = new Map<string, number[]>();
  telemetry.time.forEach((time, row) => {
    const month = new Date(time).toISOString().slice(0, 7);
    const rows = months.get(month);
    if (rows === undefined) months.set(month, [row]);
    else rows.push(row);
  });
  return [...months].map(([month, rows]) => {
    const readings = sensors.map(({ sensor }) => ({
      name: sensor,
      data: rows.map((row) => telemetry.sensors[sensor][row]),
      type: "DOUBLE" as const,
    }));
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: "machine", data: rows.map((row) => telemetry.machine[row]), type: "STRING", nullable: false },
        {
          name: "time",
          data: rows.map((row) => new Date(telemetry.time[row])),
          type: "TIMESTAMP",
          nullable: false,
          encoding: "DELTA_BINARY_PACKED",
        },
        ...readings,
      ],
      rowGroupSize: rows.length,
      createdBy: "forewarn simulate",
    });
    return [`telemetry/${month}.parquet`, new Uint8Array(buffer)];
  });
}

function eventFile(events: readonly SimulatedEvent[], kind: string): string {
  const sorted = [...events].sort(
    (a, b) => a.time - b.time || compareBytes(a.machine, b.machine) || compareBytes(a.kind, b.kind),
  );
  return csvText(
    ["machine", "time", kind],
    sorted.map((event) => [event.machine, instant(event.time), event.kind]),
  );
}

function downtimeFile({ downtime }: SimulatedFleet): string {
  const sorted = [...downtime].sort((a, b) => a.start - b.start || compareBytes(a.machine, b.machine));
  return csvText(
    ["machine", "start", "end", "reason"],
    sorted.map(({ machine, start, end, reason }) => [
      machine,
      instant(start),
      end === null ? null : instant(end),
      reason,
    ]),
  );
}

function machineFile({ machines }: SimulatedFleet): string {
  return csvText(
    ["machine", "model", "age", "site", "power_kw", "commissioned", "retired"],
    machines.map((machine) => [
      machine.machine,
      machine.model,
      machine.age,
      machine.site,
      machine.powerKilowatts,
      instant(machine.commissionedAt).slice(0, 10),
      machine.retiredAt === null ? null : instant(machine.retiredAt),
    ]),
  );
}

function scheduleFile(): string {
  return csvText(
    ["component", "interval_hours"],
    components.map(({ component, scheduleHours }) => [component, scheduleHours]),
  );
}

/** The limit of the current goes with the machine's power; the others hold for all models. */
function limitFile(): string {
  const rows = sensors.flatMap(({ sensor, unit, low = null, high = null }) => {
    if (low === null && high === null) return [];
    if (sensor !== "current") return [[sensor, unit, null, low, high]];
    return models.map(({ model, powerKilowatts }) => [
      sensor,
      unit,
      model,
      low,
      Math.round(0.38 * powerKilowatts + 28),
    ]);
  });
  return csvText(["sensor", "unit", "model", "low", "high"], rows);
}

function instant(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace("T", " ");
}
