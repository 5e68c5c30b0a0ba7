/** Telemetry of 1,000 machines in no order at all, cut into 100 Parquet files: what a data lake gathers from a fleet in parallel. */
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";

type Schema = NonNullable<Parameters<typeof parquetWriteBuffer>[0]["schema"]>;

export const sensors = ["volt", "rotate", "pressure", "vibration"] as const;

const machines = 1_000;
const files = 100;
const hourMicros = 3_600_000_000n;
const start = 1_420_070_400_000_000n;
const required = { repetition_type: "REQUIRED" } as const;

export interface MadeArchive {
  /** The folder of the files. */
  folder: string;
  rows: number;
  files: number;
  bytes: number;
}

/**
 * Makes the files unless they are there. Each of the machines has a reading an hour of four sensors; a row's place among all rows is a
 * bijection of its number, so every file holds rows of all machines and all times, and no row twice.
 */
export async function makeArchive(folder: string, rows: number): Promise<MadeArchive> {
  if (rows % machines !== 0) throw new Error(`the number of rows must be a multiple of ${machines}: ${rows}`);
  const made = join(folder, `archive-${rows}`);
  if ((await stat(made).catch(() => undefined)) === undefined) {
    const half = `${made}.half`;
    await rm(half, { recursive: true, force: true });
    await mkdir(half);
    let file = 0;
    for (const places of shuffledPlaces(rows, rows / files)) {
      await writeFile(join(half, `part-${String(file++).padStart(3, "0")}.parquet`), parquetOf(places, rows));
    }
    await rename(half, made);
  }
  const sizes = await Promise.all((await readdir(made)).map(async (name) => (await stat(join(made, name))).size));
  return { folder: made, rows, files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** All numbers below `rows`, each once, in an order like that of chance, in parts of equal length. */
function* shuffledPlaces(rows: number, part: number): Generator<Uint32Array> {
  const bits = 2 * Math.ceil(Math.log2(rows) / 2);
  let places = new Uint32Array(part);
  let filled = 0;
  for (let i = 0; i < 2 ** bits; i++) {
    const place = feistel(i, bits / 2);
    if (place >= rows) continue;
    places[filled++] = place;
    if (filled < part) continue;
    yield places;
    places = new Uint32Array(part);
    filled = 0;
  }
}

/** A Feistel network is a bijection of the numbers of 2 x `halfBits` bits, whatever its round function. */
function feistel(value: number, halfBits: number): number {
  const mask = 2 ** halfBits - 1;
  let left = value >>> halfBits;
  let right = value & mask;
  for (let round = 1; round <= 4; round++) {
    const next = left ^ (mix(right + Math.imul(round, 0x9e3779b9)) & mask);
    left = right;
    right = next;
  }
  return ((left << halfBits) | right) >>> 0;
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The rows at those places of the fleet sorted by machine and time. Readings have the 12 bits of a usual converter. */
function parquetOf(places: Uint32Array, rows: number): Uint8Array {
  const hours = rows / machines;
  const columns = [
    {
      element: { name: "machine", type: "BYTE_ARRAY", converted_type: "UTF8", ...required },
      data: Array.from(places, (place) => machineNames[Math.floor(place / hours)]),
    },
    {
      element: {
        name: "time",
        type: "INT64",
        converted_type: "TIMESTAMP_MICROS",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
        ...required,
      },
      data: BigInt64Array.from(places, (place) => start + BigInt(place % hours) * hourMicros),
    },
    ...sensors.map((name, sensor) => ({
      element: { name, type: "DOUBLE" as const, ...required },
      data: Float64Array.from(places, (place) => 100 + (mix(Math.imul(place, 4) + sensor) >>> 20) / 64),
    })),
  ] satisfies { element: Schema[number]; data: ArrayLike<unknown> }[];
  const schema: Schema = [{ name: "root", num_children: columns.length }, ...columns.map(({ element }) => element)];
  const columnData = columns.map(({ element, data }) => ({ name: element.name, data }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, rowGroupSize: places.length, createdBy: "bench" }));
}

const machineNames = Array.from({ length: machines }, (_, machine) => `press-${String(machine).padStart(4, "0")}`);
