/** Files on disk that appear whole or not at all, whatever kills the process. */
import { link, lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { makeFolder, syncFolder } from "./make-folder.ts";
import { systemCode } from "./system-code.ts";
import { sweepTemporaries, temporaryName } from "./temporary.ts";

/**
 * Writes a file, or replaces it, in one step: a reader sees the old content or the new, never a part. Missing folders are made; of a link
 * to a file, the file is replaced.
 * @throws SERVICE_STORE when the disk refuses, SERVICE_STORE_NOT_A_FILE when a folder, a device or the like stands there.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const target = await replaceableFile(path);
  await viaTemporary(target, content, (temporary) => rename(temporary, target));
}

/**
 * Writes a file in one step in place of whatever file, link, pipe or device has its name: for folders that are ours alone, where writing
 * through a link would change another file of ours.
 * @throws SERVICE_STORE when the disk refuses or a folder stands there.
 */
export async function writeFileInPlace(path: string, content: Uint8Array | string): Promise<void> {
  await viaTemporary(path, content, (temporary) => rename(temporary, path));
}

/** The file itself, where the path is a link to one. rename(2) would put the new file in place of a link, a device or a pipe. */
async function replaceableFile(path: string): Promise<string> {
  try {
    if ((await lstat(path)).isFile()) return path;
    const info = await stat(path).catch(unlessNothing);
    if (info?.isFile()) return await realpath(path);
    throw new ForewarnError("SERVICE_STORE_NOT_A_FILE", {
      problem: "what is to be written cannot take the place of what is there",
      expected: "a file, or nothing yet",
      found:
        info === undefined ? "a link to nothing" : info.isDirectory() ? "a folder" : "a device, a pipe or a socket",
      where: path,
      hint: "name another file",
    });
  } catch (error) {
    // A folder that cannot be entered is told of when the file is written.
    if (error instanceof ForewarnError || systemCode(error) === undefined) throw error;
    return path;
  }
}

function unlessNothing(error: unknown): undefined {
  if (systemCode(error) !== "ENOENT") throw error;
}

/**
 * Creates a file in one step, or gives false if there is one already. Missing folders are made.
 * @throws SERVICE_STORE when the disk refuses, SERVICE_STORE_NO_LINKS on a mount that knows no hard links.
 */
export async function createFileExclusive(path: string, content: Uint8Array | string): Promise<boolean> {
  let created = true;
  await viaTemporary(path, content, async (temporary) => {
    try {
      // rename(2) would replace what is there; link(2) is the one call that refuses.
      await link(temporary, path);
    } catch (error) {
      if (systemCode(error) !== "EEXIST") throw error;
      created = false;
    }
  });
  return created;
}

async function viaTemporary(
  path: string,
  content: Uint8Array | string,
  publish: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName());
  let writtenAt: number;
  try {
    const made = await makeFolder(folder);
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
      writtenAt = (await file.stat()).mtimeMs;
    } finally {
      await file.close();
    }
    await publish(temporary);
    await syncFolder(folder);
    for (const each of made) await syncFolder(dirname(each));
    await sweepTemporaries(folder, writtenAt);
  } catch (error) {
    throw storeError(error, path);
  } finally {
    // What could not be made cannot be removed either; the error that matters is the one on its way.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A failed system call as an error of ours, with the file it was about. */
export function storeError(error: unknown, path: string): Error {
  const code = systemCode(error);
  if (code === undefined || error instanceof ForewarnError) return error as Error;
  if (["ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EPERM"].includes(code) && error instanceof Error && "syscall" in error) {
    if (error.syscall === "link") {
      return new ForewarnError("SERVICE_STORE_NO_LINKS", {
        problem: "this folder knows no exclusive creation of files",
        expected: "a local disk",
        found: `${code} from link`,
        where: path,
        hint: "network and cluster mounts are blob stores: put the registry on a local disk",
        cause: error,
      });
    }
  }
  return new ForewarnError("SERVICE_STORE", {
    problem: "a file or folder cannot be read or written",
    found: meanings[code] === undefined ? code : `${meanings[code][0]} (${code})`,
    where: path,
    hint: meanings[code]?.[1],
    cause: error,
  });
}

/** What the codes of failed system calls mean, and what to do about them. */
const meanings: Readonly<Record<string, readonly [found: string, hint: string]>> = {
  EACCES: ["no right to it", "get the right to read and write it, or name another folder"],
  EPERM: ["no right to it", "get the right to read and write it, or name another folder"],
  EEXIST: ["a file where a folder must be", "name another folder, or move the file away"],
  ENOTDIR: ["a file where a folder must be", "name another folder, or move the file away"],
  EISDIR: ["a folder where a file must be", "name another file"],
  ENOENT: ["nothing there", "make it, or name another"],
  ENOSPC: ["a full disk", "free some space, or name a folder on another disk"],
  EDQUOT: ["a used-up quota", "free some space, or name a folder on another disk"],
  EROFS: ["a read-only disk", "name a folder on another disk"],
  EMFILE: ["too many open files", "raise the limit (ulimit -n)"],
  ENFILE: ["too many open files", "raise the limit of the system"],
  ENAMETOOLONG: ["a name that is too long", "name a shorter path"],
  EFBIG: ["a file larger than the system allows", "raise the limit (ulimit -f), or name a folder on another disk"],
  ELOOP: ["links that lead in a circle", "name the file or folder itself"],
  EBUSY: ["a file that another program holds", "close it there, then run it again"],
  EIO: ["a disk that does not answer", "look at the disk"],
};

/** A failed system call on a file as an error of ours, where its code says what is wrong; undefined for any other error. */
export function fileSystemError(error: unknown): ForewarnError | undefined {
  const code = systemCode(error);
  if (code === undefined || !Object.hasOwn(meanings, code)) return undefined;
  const { path, syscall } = error as NodeJS.ErrnoException;
  const known = storeError(error, path ?? `the system call ${syscall ?? "that failed"}`);
  return known instanceof ForewarnError ? known : undefined;
}
