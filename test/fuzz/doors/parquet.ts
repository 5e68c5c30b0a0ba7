/** The door for Parquet telemetry: harmed files of several writers; what is taken has its rows accounted for. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetWriteBuffer } from "hyparquet-writer";
import { loadFleet } from "../../../src/archive/load-fleet.ts";
import { parquet } from "../../../src/archive/parquet.ts";
import type { Fleet } from "../../../src/core/fleet.ts";
import { type Door, WrongResult } from "../door.ts";
import { mutateBytes, pick } from "../mutate.ts";

const rows = `SELECT 'm' || (i % 3) AS m, TIMESTAMP '2015-01-01' + INTERVAL (i) HOUR AS t, CASE WHEN i % 5 = 0 THEN NULL ELSE i / 4.0 END AS v FROM range(12) AS rows(i)`;
const options = [
  "",
  ", COMPRESSION uncompressed",
  ", COMPRESSION zstd",
  ", PARQUET_VERSION v2",
  ", ROW_GROUP_SIZE 4, COMPRESSION uncompressed",
];

/**
 * Pages of Parquet have no checksum that DuckDB looks at, so a bit that flips inside a value makes another value that nothing can tell
 * from a right one. Those are counted apart: "taken, another value".
 */
export const parquetDoor: Door = {
  name: "parquet",
  share: 130,
  async open(folder) {
    const home = join(folder, "parquet");
    await mkdir(home);
    const location = join(home, "telemetry.parquet");
    const archive = {
      time: "timestamp" as const,
      telemetry: [parquet("telemetry.parquet", { machine: "m", time: "t", sensors: ["v"] })],
    };
    const whole = await files(home);
    await writeFile(location, whole[0]);
    const unharmed = text((await loadFleet(archive, { folder: home })).fleet);
    return {
      make(random) {
        const content = mutateBytes(random, pick(random, whole), whole);
        return {
          content,
          async send() {
            await writeFile(location, content);
            const { fleet, sources } = await loadFleet(archive, { folder: home });
            const [{ read, used }] = sources;
            const [{ time, sensors, offsets }] = fleet.telemetry;
            if (read !== used || read !== time.length || offsets[fleet.machines.length] !== time.length)
              throw new WrongResult(`${read} rows read, ${used} used, ${time.length} loaded`);
            if (time.some((instant) => !Number.isSafeInteger(instant)))
              throw new WrongResult("an instant is no whole microsecond");
            if (sensors["v"].some((value) => Math.abs(value) === Number.POSITIVE_INFINITY))
              throw new WrongResult("a reading is infinite");
            const loaded = text(fleet);
            if (loaded === unharmed) return "taken, the unharmed rows";
            return read === 12 ? "taken, another value" : "taken, another number of rows";
          },
        };
      },
    };
  },
};

function text({ machines, telemetry: [{ offsets, time, sensors }] }: Fleet): string {
  return JSON.stringify([machines, [...offsets], [...time], [...sensors["v"]]]);
}

/** The same rows as several writers write them. */
async function files(home: string): Promise<Uint8Array[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const made: Uint8Array[] = [];
  for (const option of options) {
    const path = join(home, "made.parquet");
    await connection.run(`COPY (${rows}) TO '${path}' (FORMAT parquet${option})`);
    made.push(new Uint8Array(await readFile(path)));
  }
  connection.closeSync();
  instance.closeSync();
  const numbers = Array.from({ length: 12 }, (_, i) => i);
  const columnData = [
    { name: "m", data: numbers.map((i) => `m${i % 3}`), type: "STRING" as const },
    { name: "t", data: numbers.map((i) => new Date(Date.UTC(2015, 0, 1, i))), type: "TIMESTAMP" as const },
    { name: "v", data: numbers.map((i) => (i % 5 === 0 ? null : i / 4)), type: "DOUBLE" as const },
  ];
  return [...made, new Uint8Array(parquetWriteBuffer({ columnData }))];
}
