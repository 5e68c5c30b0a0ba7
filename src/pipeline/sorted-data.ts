/** An archive whose telemetry stays on disk: sorted into the cache once, and read from there a group of machines at a time. */
import { rm } from "node:fs/promises";
import { openSorted, type SortedArchive } from "../archive/sorted-archive.ts";
import { type SortOptions, sortToFolder } from "../archive/sorted-folder.ts";
import type { ArchiveSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";

/** Telemetry that is not in memory, and how much of it may be at a time, in bytes. */
export interface SortedData {
  source: SortedArchive;
  memory: number;
}

/** Opens the folder, whose checksums are held against it; it is sorted anew where it is missing or damaged. @throws as `sortToFolder` */
export async function openOrSort(archive: ArchiveSpec, options: SortOptions): Promise<SortedArchive> {
  const kept = await openKept(options.out);
  if (kept !== undefined) return kept;
  await rm(options.out, { recursive: true, force: true });
  try {
    return await sortToFolder(archive, options);
  } catch (error) {
    // Another run may have been faster.
    const others = await openKept(options.out).catch(() => undefined);
    if (others === undefined) throw error;
    return others;
  }
}

/** The fleet with the names of its sensors, but without a row of telemetry: all that labels, splits and fits read once rows are observed. */
export function withoutReadings({ rest, tables }: SortedArchive): Fleet {
  const offsets = new Uint32Array(rest.machines.length + 1);
  const none = new Float64Array();
  const telemetry = tables.map(({ name, sensors }) => ({
    name,
    offsets,
    time: none,
    knownAt: none,
    sensors: Object.fromEntries(sensors.map((sensor) => [sensor, none])),
  }));
  return { ...rest, telemetry };
}

async function openKept(folder: string): Promise<SortedArchive | undefined> {
  try {
    const kept = await openSorted(folder);
    await kept.verify();
    return kept;
  } catch (error) {
    if (error instanceof ForewarnError && error.code === "DATA_SORTED_DAMAGED") return undefined;
    throw error;
  }
}
