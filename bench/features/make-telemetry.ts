/** Telemetry of 100 machines, an hour a row, four sensors, sorted by machine and time, in one Parquet file. */
import { rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { random } from "../../src/core/random.ts";

export const sensors = ["volt", "rotate", "pressure", "vibration"] as const;

const machines = 100;
const hourMicros = 3_600_000_000n;
const start = 1_420_070_400_000_000n;

export interface MadeTelemetry {
  /** Where the works of the bench may write. */
  folder: string;
  file: string;
  rows: number;
  bytes: number;
}

/** Makes the file unless it is there. Readings are normal about the sensor's level, 64 bits wide, with a slow swing. */
export async function makeTelemetry(folder: string, rows: number): Promise<MadeTelemetry> {
  if (rows % machines !== 0) throw new Error(`the number of rows must be a multiple of ${machines}: ${rows}`);
  const file = join(folder, `features-${rows}.parquet`);
  if ((await stat(file).catch(() => undefined)) === undefined) {
    await writeFile(`${file}.half`, parquetOf(rows));
    await rename(`${file}.half`, file);
  }
  return { folder, file, rows, bytes: (await stat(file)).size };
}

function parquetOf(rows: number): Uint8Array {
  const hours = rows / machines;
  const chance = random(1);
  const owner = (row: number) => Math.floor(row / hours);
  const times = BigInt64Array.from({ length: rows }, (_, row) => start + BigInt(row % hours) * hourMicros);
  const columnData = [
    { name: "machine", data: Array.from({ length: rows }, (_, row) => machineNames[owner(row)]) },
    { name: "time", data: times },
    ...sensors.map((name, sensor) => ({
      name,
      data: Float64Array.from({ length: rows }, (_, row) => {
        const level = 50 * (sensor + 1) + (owner(row) % 10);
        return level + 10 * chance.normal() + Math.abs((row % 2_000) - 1_000) / 100;
      }),
    })),
  ];
  const required = { repetition_type: "REQUIRED" } as const;
  return new Uint8Array(
    parquetWriteBuffer({
      columnData,
      schema: [
        { name: "root", num_children: columnData.length },
        { name: "machine", type: "BYTE_ARRAY", converted_type: "UTF8", ...required },
        {
          name: "time",
          type: "INT64",
          converted_type: "TIMESTAMP_MICROS",
          logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
          ...required,
        },
        ...sensors.map((name) => ({ name, type: "DOUBLE" as const, ...required })),
      ],
      rowGroupSize: 100_000,
      createdBy: "bench",
    }),
  );
}

const machineNames = Array.from({ length: machines }, (_, machine) => `press-${String(machine).padStart(3, "0")}`);
