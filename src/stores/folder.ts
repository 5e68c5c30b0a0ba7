/** A store in a folder of a local disk. */
import { constants } from "node:fs";
import { appendFile, lstat, open, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { createFileExclusive, storeError, writeFileAtomic } from "./atomic-file.ts";
import { fileState } from "./file-state.ts";
import { makeFolder } from "./make-folder.ts";
import { checkStorePath, isTemporary, type Store, type StoredFile } from "./store.ts";
import { systemCode } from "./system-code.ts";

/** Opens a folder as a store; the folder is made when the first file is created. Links inside it are not followed when listing. */
export function folderStore(root: string): Store {
  const location = resolve(root);
  return {
    location,
    async list(folder) {
      if (folder !== "") checkStorePath(folder);
      const paths = await filesBelow(location, folder);
      return paths.filter((path) => !isTemporary(path)).sort(compareBytes);
    },
    async files(path) {
      if (path !== "") checkStorePath(path);
      const found: StoredFile[] = [];
      for (const each of (await isFile(join(location, path))) ? [path] : await this.list(path)) {
        const file = await unlessAbsent(location, each, () => fileState(join(location, each)));
        if (file !== undefined) found.push({ path: each, ...file });
      }
      return found;
    },
    async leftovers(folder) {
      if (folder !== "") checkStorePath(folder);
      return (await filesBelow(location, folder)).filter(isTemporary).sort(compareBytes);
    },
    async read(path) {
      checkStorePath(path);
      const content = await unlessAbsent(location, path, () => readWhole(join(location, path)));
      return content === undefined ? undefined : new Uint8Array(content.buffer, content.byteOffset, content.length);
    },
    async readRange(path, { offset, bytes, etag }) {
      checkStorePath(path);
      const content = await unlessAbsent(location, path, () => readPart(join(location, path), offset, bytes));
      const state = await fileState(join(location, path)).catch(() => undefined);
      if (content?.length === bytes && state?.etag === etag) return content;
      throw new ForewarnError("DATA_CHANGED", {
        problem: "a file changed while it was read",
        where: join(location, path),
        hint: "run it again once nothing writes there",
      });
    },
    async createIfAbsent(path, content) {
      checkStorePath(path);
      return await createFileExclusive(join(location, path), content);
    },
    async replace(path, content) {
      checkStorePath(path);
      await writeFileAtomic(join(location, path), content);
    },
    async append(path, text) {
      checkStorePath(path);
      const file = join(location, path);
      try {
        await makeFolder(dirname(file));
        await appendFile(file, text);
      } catch (error) {
        throw storeError(error, file);
      }
    },
  };
}

/** Adds the paths of all files below a folder to those found so far. */
async function filesBelow(root: string, folder: string, found: string[] = []): Promise<string[]> {
  const entries = await unlessAbsent(root, folder, () => readdir(join(root, folder), { withFileTypes: true }));
  for (const entry of entries ?? []) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await filesBelow(root, path, found);
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** Undefined for what is no file: a pipe would keep its reader waiting for ever. */
async function readWhole(file: string): Promise<Buffer | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return (await handle.stat()).isFile() ? await handle.readFile() : undefined;
  } finally {
    await handle.close();
  }
}

async function readPart(file: string, offset: number, bytes: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(bytes), 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Undefined where there is no such file; a store that is no folder at all is an error. */
async function unlessAbsent<T>(root: string, path: string, action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" || (code === "ENOTDIR" && (await isFolder(root)))) return undefined;
    throw storeError(error, path === "" ? root : join(root, path));
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isFile() ?? false;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
