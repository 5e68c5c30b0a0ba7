/** A small plant whose archive is clean, to plant one defect in: four pumps, forty days, a reading an hour. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { csv } from "../../../src/archive/csv.ts";
import type { ArchiveSpec, SourceSpec } from "../../../src/archive/spec.ts";
import { random } from "../../../src/core/random.ts";
import { checkArchive } from "../../../src/inspect/check-archive.ts";
import type { Finding } from "../../../src/inspect/finding.ts";
import type { ArchiveHealth } from "../../../src/inspect/health.ts";

export type Row = Record<string, string>;

export interface Plant {
  telemetry: Row[];
  errors: Row[];
  maintenance: Row[];
  failures: Row[];
  machines: Row[];
  limits: Row[];
}

const HOUR = 3_600_000;
export const START = Date.parse("2025-03-01T00:00:00Z");
export const DAYS = 40;
export const machines = ["pump-1", "pump-2", "pump-3", "pump-4"];

/** A text such as "2025-03-01 06:00:00", so many hours after the start. */
export function hour(hours: number): string {
  return new Date(START + hours * HOUR).toISOString().slice(0, 19).replace("T", " ");
}

export function cleanPlant(): Plant {
  const { uniform } = random(7, "plant");
  const plant: Plant = { telemetry: [], errors: [], maintenance: [], failures: [], machines: [], limits: [] };
  for (const [m, machine] of machines.entries()) {
    plant.machines.push({ machine, model: m % 2 === 0 ? "A" : "B", age: String(m + 1) });
    for (let h = 0; h < 24 * DAYS; h++) {
      plant.telemetry.push({
        machine,
        time: hour(h),
        pressure: (5 + uniform()).toFixed(3),
        speed: (1450 + 100 * uniform()).toFixed(1),
      });
    }
    // An error a day and a failure of the seal every fifth, at odd hours, each repaired two hours later.
    for (let day = 0; day < DAYS; day++) {
      plant.errors.push({ machine, time: hour(24 * day + ((5 * day + m) % 24)), code: day % 2 === 0 ? "E1" : "E2" });
      if (day % 5 !== 3) continue;
      const at = 24 * day + ((7 * day + 3 * m) % 20);
      plant.failures.push({ machine, time: hour(at), component: "seal" });
      plant.maintenance.push({ machine, time: hour(at + 2), component: "seal" });
    }
  }
  plant.limits.push({ sensor: "pressure", low: "1", high: "9" });
  return plant;
}

const event = { machine: "machine", time: "time" };

export const plantArchive: ArchiveSpec = {
  time: "timestamp",
  machines: csv("machines.csv", { machine: "machine", attributes: { model: "category", age: "number" } }),
  telemetry: [csv("telemetry.csv", { ...event, sensors: ["pressure", "speed"] })],
  events: {
    errors: csv("errors.csv", { ...event, kind: "code" }),
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { limits: csv("limits.csv", { sensor: "sensor", low: "low", high: "high" }) },
};

/** The plant's archive with other words for its telemetry. */
export function withTelemetry(words: Partial<SourceSpec>): ArchiveSpec {
  return { ...plantArchive, telemetry: [{ ...plantArchive.telemetry[0], ...words }] };
}

/** Texts by path, in a folder that goes with the test. */
export async function folderOf(
  test: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-inspect-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export function csvText(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [names.join(","), ...rows.map((row) => names.map((name) => row[name] ?? "").join(",")), ""].join("\n");
}

export function plantFiles(plant: Plant): Record<string, string> {
  return Object.fromEntries(Object.entries(plant).map(([table, rows]) => [`${table}.csv`, csvText(rows as Row[])]));
}

export interface Planted {
  /** What to change in the clean plant. */
  change?: (plant: Plant) => void;
  /** What to change in the text of its files. */
  files?: (files: Record<string, string>) => void;
  archive?: ArchiveSpec;
}

export const NOW = new Date("2025-06-01");

/** The folder of a plant with one defect. */
export async function plantWith(test: TestContext, { change, files }: Planted): Promise<string> {
  const plant = cleanPlant();
  change?.(plant);
  const texts = plantFiles(plant);
  files?.(texts);
  return await folderOf(test, texts);
}

/** The health of a plant with one defect. */
export async function healthWith(test: TestContext, planted: Planted): Promise<ArchiveHealth> {
  const folder = await plantWith(test, planted);
  return await checkArchive(planted.archive ?? plantArchive, { folder, now: NOW.getTime() });
}

/** The one finding with a code. */
export function findingOf({ findings }: ArchiveHealth, code: string): Finding {
  const found = findings.filter((one) => one.code === code);
  if (found.length === 1) return found[0];
  throw new Error(`${found.length} findings ${code} among ${findings.map((one) => one.code).join(", ")}`);
}
