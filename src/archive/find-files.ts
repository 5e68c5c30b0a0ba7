/** The files on a local disk that a source's path names: a file, a folder or a glob. */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { suggest } from "../core/suggest.ts";
import { storeError } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";
import { hasWildcard, isPlain, matchesName } from "./find-pattern.ts";

export interface FoundFile {
  /** Absolute, in the system's own writing. */
  location: string;
  /** Relative to the archive's folder, with "/" between its parts. */
  path: string;
}

/**
 * Files sorted by the bytes of their relative path. A folder stands for its own *.csv or *.parquet files. In a glob, `*` and `?` match
 * within a name, `[a-z]` one of a set, `{a,b}` one of several, `**` any depth of folders; names that begin with "." or "_" are left out
 * of what a wildcard matches. A path that exists is never read as a glob.
 * @throws DATA_FOLDER_MISSING, DATA_FILES_MISSING, SERVICE_STORE
 */
export async function findFiles(
  folder: string,
  path: string,
  format: "csv" | "parquet",
  source: string,
): Promise<FoundFile[]> {
  const root = resolve(folder);
  const target = resolve(root, path);
  const locations = await locate(target, format);
  if (locations.length === 0) throw await filesMissing(root, target, path, format, source);
  return locations
    .map((location) => ({ location, path: relative(root, location).split(sep).join("/") }))
    .sort((a, b) => compareBytes(a.path, b.path));
}

async function locate(target: string, format: string): Promise<string[]> {
  const info = await stat(target).catch(() => undefined);
  if (info?.isFile()) return [target];
  if (info?.isDirectory()) {
    const names = (await entriesOf(target)).filter((entry) => entry.name.toLowerCase().endsWith(`.${format}`));
    return await onlyFiles(names.filter((entry) => isPlain(entry.name)).map((entry) => join(target, entry.name)));
  }
  const parts = target.split(sep);
  const first = parts.findIndex(hasWildcard);
  if (first === -1) return [];
  const wanted = [...parts.slice(first), ...(parts[parts.length - 1] === "**" ? ["*"] : [])];
  return await onlyFiles([...(await walk(parts.slice(0, first).join(sep) || sep, wanted))]);
}

interface Walk {
  found: Set<string>;
  /** The folders that were gone through, each with how many parts of the glob were left there. */
  seen: Set<string>;
}

/** What matches; a place that several ways of `**` lead to is gone through, and found, once. */
async function walk(
  folder: string,
  parts: readonly string[],
  { found, seen }: Walk = { found: new Set(), seen: new Set() },
): Promise<Set<string>> {
  const here = `${parts.length} ${folder}`;
  if (seen.has(here)) return found;
  seen.add(here);
  const [part, ...rest] = parts;
  if (part === "**") {
    await walk(folder, rest, { found, seen });
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory() && isPlain(entry.name)) await walk(join(folder, entry.name), parts, { found, seen });
    }
    return found;
  }
  for (const entry of await entriesOf(folder)) {
    if (!matchesName(part, entry.name)) continue;
    const location = join(folder, entry.name);
    if (rest.length === 0) found.add(location);
    else await walk(location, rest, { found, seen });
  }
  return found;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
    throw storeError(error, folder);
  });
}

async function onlyFiles(locations: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const location of locations) {
    if ((await stat(location).catch(() => undefined))?.isFile()) files.push(location);
  }
  return files;
}

async function filesMissing(root: string, target: string, path: string, format: string, source: string) {
  if (!(await stat(root).catch(() => undefined))?.isDirectory() && !isAbsolute(path)) {
    return new ForewarnError("DATA_FOLDER_MISSING", {
      problem: "there is no such data folder",
      expected: "the folder of the archive",
      found: root,
      hint: "name it with `data` in the pipeline, or with --data",
    });
  }
  const parent = dirname(target);
  const names = (await entriesOf(parent)).map((entry) => entry.name);
  const nearest = suggest(basename(target), names);
  const folder = relative(root, parent).split(sep).join("/");
  return new ForewarnError("DATA_FILES_MISSING", {
    problem: "no file matches a source's path",
    expected: `a file, a folder with *.${format} files or a glob`,
    found: path,
    where: `${source}, in the folder ${root}`,
    hint:
      nearest !== undefined && nearest !== basename(target)
        ? `did you mean \`${folder === "" ? nearest : `${folder}/${nearest}`}\`?`
        : "give the archive's folder, and paths relative to it",
  });
}
