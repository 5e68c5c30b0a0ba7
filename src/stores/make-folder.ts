/** Folders that are there when they are needed, also after a power cut. */
import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "./system-code.ts";

/**
 * Makes a folder and those above it, and gives the ones that were not there. mkdir's own recursion says "nothing there" of a read-only disk.
 * @throws what the system says
 */
export async function makeFolder(folder: string): Promise<string[]> {
  try {
    return await makeOne(folder);
  } catch (error) {
    if (systemCode(error) !== "ENOENT" || dirname(folder) === folder) throw error;
    return [...(await makeFolder(dirname(folder))), ...(await makeOne(folder))];
  }
}

async function makeOne(folder: string): Promise<string[]> {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    if (systemCode(error) === "EEXIST" && (await stat(folder)).isDirectory()) return [];
    throw error;
  }
}

/** Makes the names in a folder last through a power cut; not every platform lets a folder be opened. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!["EISDIR", "EPERM", "EINVAL", "EACCES"].includes(systemCode(error) ?? "")) throw error;
  }
}
