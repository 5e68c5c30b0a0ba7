/** A place that keeps files under names: the one small interface over a local folder and a blob container. */
import { ForewarnError } from "../core/errors.ts";

/** What a listing says of a file. */
export interface StoredFile {
  /** Relative to the store, with "/" between its parts. */
  path: string;
  bytes: number;
  /** Changes whenever the content does: a blob's ETag; of a local file its size, its inode and its times. */
  etag: string;
  /** The MD5 of the content in lower-case hexadecimal, where the store keeps one. */
  md5?: string;
}

/** A range of one content of a file. */
export interface FileRange {
  /** The first byte. */
  offset: number;
  /** How many bytes. */
  bytes: number;
  /** Which content, as a listing told. */
  etag: string;
  /** Aborting it ends the reading with the signal's reason. Default: none. */
  signal?: AbortSignal;
}

export interface Store {
  /** Where it is, for messages: a folder's path or a container's address, without anything secret. */
  readonly location: string;
  /** The paths of all files below a folder ("" for all), sorted by bytes; none if there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** The same files with their sizes and ETags; of a path that is a file, that file. Names that others gave are told as they are. */
  files(path: string): Promise<StoredFile[]>;
  /** The paths of the files below a folder that are being written, or that killed processes left; never in `list`. */
  leftovers(folder: string): Promise<string[]>;
  /** The whole content of a file, or undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** A range of a file that a listing told of. @throws DATA_CHANGED when it no longer has the ETag */
  readRange(path: string, range: FileRange): Promise<Uint8Array>;
  /**
   * Creates a file with this content, or does nothing and gives false if there is one already. The file appears whole or not at
   * all, and of several callers at once exactly one gets true.
   */
  createIfAbsent(path: string, content: Uint8Array): Promise<boolean>;
  /** Writes a file, or replaces it, in one step: a reader sees the old content or the new, never a part. */
  replace(path: string, content: Uint8Array | string): Promise<void>;
  /** Adds lines to the end of a file, which is made where there is none. */
  append(path: string, text: string): Promise<void>;
}

/** Ranges of up to so many bytes come with an MD5 that a store of blobs checks. */
export const CHECKED_RANGE = 4 * 1024 * 1024;

/** The beginning of the names of files that are still being written; no store lists them or takes such a name. */
export const TEMPORARY_PREFIX = ".tmp-";

/** Whether a path names a file that is still being written. */
export function isTemporary(path: string): boolean {
  return path.slice(path.lastIndexOf("/") + 1).startsWith(TEMPORARY_PREFIX);
}

/**
 * Refuses a path that could leave its store or mean different files in different stores: paths are relative, parted by "/", with
 * no empty, "." or ".." part, no backslash, colon or control character.
 * @throws USAGE_STORE_PATH
 */
export function checkStorePath(path: string): void {
  if (isStorePath(path)) return;
  throw new ForewarnError("USAGE_STORE_PATH", {
    problem: "a path is not a name inside a store",
    expected: 'a relative path such as "fleet/3/model.onnx", without "..", backslash, colon or control characters',
    found: JSON.stringify(path),
  });
}

/** Whether `checkStorePath` lets a path pass. */
export function isStorePath(path: string): boolean {
  const parts = path.split("/");
  const bad = parts.some((part) => part === "" || part === "." || part === ".." || part.startsWith(TEMPORARY_PREFIX));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !bad && !/[\u0000-\u001f\u007f\\:]/.test(path);
}
