/** The files that content is written to before it gets its name: how they are called, and the removal of those that killed processes left. */
import { randomUUID } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { TEMPORARY_PREFIX } from "./store.ts";

const DAY_MILLIS = 86_400_000;
const ours = /^\.tmp-forewarn-[0-9a-f-]{36}$/;

/** A new name; nobody else's. */
export function temporaryName(): string {
  return `${TEMPORARY_PREFIX}forewarn-${randomUUID()}`;
}

function isTemporaryName(name: string): boolean {
  return ours.test(name);
}

/**
 * Removes the folder's temporary files that were a day old at `now` (ms, by the clock of the disk). What cannot be read or removed stays:
 * it harms nobody.
 */
export async function sweepTemporaries(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter(isTemporaryName)) {
    const path = join(folder, name);
    const info = await lstat(path).catch(() => undefined);
    if (info?.isFile() && now - info.mtimeMs > DAY_MILLIS) await rm(path, { force: true }).catch(() => undefined);
  }
}
