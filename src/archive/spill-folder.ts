/** The temporary folder that a database spills into; those of processes that are no more go when the next one is made. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { storeError } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";

/**
 * Runs `use` with a new folder and removes it afterwards.
 * @param parent the folder it is made in; by default the system's for temporary files.
 * @throws SERVICE_STORE when it cannot be made there
 */
export async function withSpillFolder<T>(use: (folder: string) => Promise<T>, parent: string = tmpdir()): Promise<T> {
  // Containers may share the folder, but not their process numbers.
  const prefix = `forewarn-spill-${hostname().replace(/[^A-Za-z0-9.]/g, "_")}-`;
  await removeDead(parent, prefix);
  const folder = await mkdtemp(join(parent, `${prefix}${process.pid}-`)).catch((error: unknown) => {
    throw storeError(error, parent);
  });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeDead(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = name.startsWith(prefix) ? /^([0-9]+)-\w{6}$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (owner === undefined || isAlive(Number(owner))) continue;
    // Another user's cannot be removed, and harms nobody.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH";
  }
}
