/** Whether a disk has room for the rows that are sorted on it. */
import { statfs } from "node:fs/promises";
import { ForewarnError } from "../core/errors.ts";
import { amountOf } from "./sorted-memory.ts";

/** @throws SERVICE_DISK_FULL when less than `needed` bytes are free where the folder lies */
export async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (needed > bavail * bsize) throw diskFull(needed, folder, undefined, bavail * bsize);
}

/** An error that says how much room would be enough. */
export function diskFull(needed: number, folder: string, cause?: unknown, free?: number): ForewarnError {
  return new ForewarnError("SERVICE_DISK_FULL", {
    problem: "the disk has too little room to sort the telemetry",
    expected: `${amountOf(needed)} free`,
    found: free === undefined ? "less" : amountOf(free),
    where: folder,
    hint: "free some space, or name a folder on another disk",
    cause,
  });
}
