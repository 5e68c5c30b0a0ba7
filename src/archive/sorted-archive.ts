/** `openSorted`: a folder of sorted columns, read a range of machines at a time. */
import { type FileHandle, open, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import type { Fleet, Telemetry } from "../core/fleet.ts";
import { sha256 } from "../core/json.ts";
import { unpack } from "../core/pack.ts";
import type { TimeKind } from "../core/time.ts";
import { storeError } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";
import { hashFile } from "./hash-file.ts";
import type { QuarantinedRows } from "./quarantine.ts";
import { readColumn } from "./sorted-file.ts";
import { PACK, type PackedArchive, type SortedTable, SUMS } from "./sorted-layout.ts";
import { type FleetRest, sliceOffsets, sliceRest } from "./sorted-slice.ts";
import { namedColumns } from "./sorted-telemetry.ts";
import type { SourceReport } from "./source-report.ts";

export interface SortedArchive {
  time: TimeKind;
  /** Machines that have telemetry, sorted by UTF-8 bytes. */
  machines: readonly string[];
  /** What was read, as `loadFleet` reports it. */
  sources: readonly SourceReport[];
  /** The rows that were set aside, each with its reason; left out where there is none. */
  quarantine?: QuarantinedRows;
  /** The telemetry tables: their sensors, and where each machine's rows begin. */
  tables: readonly Pick<SortedTable, "name" | "sensors" | "offsets">[];
  /** What the fleet of all machines holds beside its telemetry. */
  rest: FleetRest;
  /**
   * The fleet of the machines from `from` (included, by their place in `machines`; default 0) to `to` (excluded; default all), in memory:
   * what `loadFleet` gives of them. @throws DATA_SORTED_DAMAGED, SERVICE_STORE
   */
  fleet(from?: number, to?: number): Promise<Fleet>;
  /** Reads everything and holds it against the checksums. @throws DATA_SORTED_DAMAGED, SERVICE_STORE */
  verify(): Promise<void>;
}

/**
 * Opens a folder that `sortToFolder` made. Columns are held against their lengths; against their checksums only by `verify`.
 * @throws DATA_SORTED_DAMAGED when a file is missing, cut off or changed; SERVICE_STORE
 */
export async function openSorted(folder: string): Promise<SortedArchive> {
  const root = resolve(folder);
  const sums = await readSums(root);
  const bytes = await contentOf(root, PACK);
  if (sha256(bytes) !== sums.get(PACK)) throw damaged(join(root, PACK), "another checksum");
  const { layout, fleet: rest, tables, ...accounts } = unpack(bytes) as PackedArchive;
  if (layout !== 1) throw damaged(join(root, PACK), `layout ${layout} of another version`);
  for (const { offsets, files } of tables) {
    for (const file of files) await checkLength(pathOf(root, file), offsets[rest.machines.length] * 8);
  }
  return {
    time: rest.time,
    machines: rest.machines,
    tables,
    rest,
    ...accounts,
    async fleet(from = 0, to = rest.machines.length) {
      checkRange(from, to, rest.machines.length);
      const telemetry: Telemetry[] = [];
      for (const table of tables) telemetry.push(await readTable(root, table, from, to));
      return { ...sliceRest(rest, from, to), telemetry };
    },
    async verify() {
      for (const file of tables.flatMap(({ files }) => files)) {
        const path = pathOf(root, file);
        const { sha256: sum } = await hashFile(path).catch((error: unknown) => {
          throw storeError(error, path);
        });
        if (sum !== sums.get(file)) throw damaged(path, "another checksum");
      }
    },
  };
}

async function readTable(root: string, table: SortedTable, from: number, to: number): Promise<Telemetry> {
  const first = table.offsets[from];
  const columns: Float64Array[] = [];
  for (const name of table.files) {
    const column = new Float64Array(table.offsets[to] - first);
    const file = await openFile(pathOf(root, name));
    try {
      await readColumn(file, column, first * 8);
    } finally {
      await file.close();
    }
    columns.push(column);
  }
  return { name: table.name, offsets: sliceOffsets(table.offsets, from, to), ...namedColumns(table, columns) };
}

/** No name of a file leads out of the folder, whoever wrote it. */
function pathOf(root: string, file: string): string {
  if (/^[a-z0-9][a-z0-9.-]*$/.test(file)) return join(root, file);
  throw damaged(root, `a column in ${JSON.stringify(file)}`);
}

async function readSums(root: string): Promise<ReadonlyMap<string, string>> {
  const text = new TextDecoder().decode(await contentOf(root, SUMS));
  const lines = text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm);
  return new Map(Array.from(lines, ([, sum, file]) => [file, sum]));
}

async function contentOf(root: string, file: string): Promise<Uint8Array> {
  const path = join(root, file);
  return await readFile(path).catch((error: unknown) => {
    throw systemCode(error) === "ENOENT" ? damaged(path, "no such file") : storeError(error, path);
  });
}

async function openFile(path: string): Promise<FileHandle> {
  return await open(path).catch((error: unknown) => {
    throw systemCode(error) === "ENOENT" ? damaged(path, "no such file") : storeError(error, path);
  });
}

async function checkLength(path: string, expected: number): Promise<void> {
  const file = await openFile(path);
  const { size } = await file.stat().finally(() => file.close());
  if (size !== expected) throw damaged(path, `${size} bytes instead of ${expected}`);
}

function checkRange(from: number, to: number, machines: number): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from <= to && to <= machines) return;
  throw new ForewarnError("USAGE_MACHINE_RANGE", {
    problem: "there is no such range of machines",
    expected: `from 0 to ${machines}`,
    found: `from ${from} to ${to}`,
  });
}

function damaged(where: string, found: string): ForewarnError {
  return new ForewarnError("DATA_SORTED_DAMAGED", {
    problem: "a folder of sorted columns is damaged or something else",
    expected: "what sortToFolder made",
    found,
    where,
    hint: "sort the archive again",
  });
}
