/** The tables that a folder holds: files that are alike in name, format and columns are parts of one table. */
import { open, readdir } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { readCsvHeader } from "../archive/csv-header.ts";
import type { Database } from "../archive/database.ts";
import type { FoundFile } from "../archive/find-files.ts";
import { openScan } from "../archive/scan.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";

export interface FoundTable {
  /** The path to write into a pipeline: a file, a folder or a glob, relative to the archive's folder. */
  path: string;
  files: readonly FoundFile[];
  /** How its files are read: format, and for CSV files delimiter and columns where the header does not say. */
  source: SourceSpec;
  columns: readonly { name: string; type: string }[];
  /** The files have no header line, so that `columns` are names that were made up. */
  headless: boolean;
}

export interface FoundTables {
  tables: readonly FoundTable[];
  /** Files that could not be opened, and why. */
  unreadable: readonly { path: string; why: string }[];
}

/** Deeper folders are not looked into. */
const DEEPEST = 6;
/** What this tool itself writes beside an archive. */
const ownFolders = new Set(["node_modules", "runs", "registry"]);
const formats: Readonly<Record<string, "csv" | "parquet">> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".txt": "csv",
  ".parquet": "parquet",
};

/** @throws DATA_FOLDER_MISSING, DATA_FILES_MISSING */
export async function listTables(database: Database, folder: string): Promise<FoundTables> {
  const root = resolve(folder);
  const files = await dataFiles(root, root, 0);
  if (files.length === 0) {
    throw new ForewarnError("DATA_FILES_MISSING", {
      problem: "the folder holds no file that could be telemetry or records",
      expected: "*.csv, *.tsv, *.txt or *.parquet",
      found: "none",
      where: root,
    });
  }
  const groups = new Map<string, FoundTable & { files: FoundFile[] }>();
  const unreadable: { path: string; why: string }[] = [];
  for (const file of files) {
    try {
      const layout = await layoutOf(database, file);
      if (layout === undefined) continue;
      // Files without a header name nothing by which they could be known to belong together.
      const name = layout.headless ? basename(file.path) : stem(file.path);
      const key = JSON.stringify([dirname(file.path), name, layout.source.delimiter, layout.columns]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { path: file.path, files: [file], ...layout });
      else group.files.push(file);
    } catch (error) {
      if (!(error instanceof ForewarnError)) throw error;
      unreadable.push({ path: file.path, why: error.details.found ?? error.details.problem });
    }
  }
  const tables = [...groups.values()].map((group) => ({ ...group, path: pathOf(group.files, files) }));
  return { tables: tables.sort((a, b) => compareBytes(a.path, b.path)), unreadable };
}

async function dataFiles(root: string, folder: string, depth: number): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) {
    if (depth > 0) return [];
    throw new ForewarnError("DATA_FOLDER_MISSING", {
      problem: "there is no such data folder",
      expected: "the folder of the archive",
      found: root,
    });
  }
  const found: FoundFile[] = [];
  for (const entry of entries.sort((a, b) => compareBytes(a.name, b.name))) {
    if (/^[._]/.test(entry.name)) continue;
    const location = join(folder, entry.name);
    if (entry.isDirectory() && depth < DEEPEST && !ownFolders.has(entry.name)) {
      found.push(...(await dataFiles(root, location, depth + 1)));
    } else if (entry.isFile() && formats[extname(entry.name).toLowerCase()] !== undefined) {
      found.push({ location, path: relative(root, location).split(sep).join("/") });
    }
  }
  return found;
}

/** The name without what counts or dates it: "telemetry_2025-01" and "telemetry_2025-02" are one table. */
function stem(path: string): string {
  return basename(path).replace(/\d+/g, "#");
}

type Layout = Pick<FoundTable, "source" | "columns" | "headless">;

/** Undefined for a text file that holds prose. */
async function layoutOf(database: Database, file: FoundFile): Promise<Layout | undefined> {
  const extension = extname(file.path).toLowerCase();
  const format = formats[extension];
  const source: SourceSpec = { format, path: file.path };
  if (format === "parquet") {
    const { columns } = await openScan(database, file, source);
    return { source, columns: columns.map(({ name, type }) => ({ name, type })), headless: false };
  }
  const header = await readCsvHeader(file, source);
  const spaced = header.names.length === 1 && /^\s*\S+(\s+\S+)+\s*$/.test(header.names[0]);
  const names = spaced ? header.names[0].trim().split(/\s+/) : header.names;
  // A first line of nothing but numbers names nothing.
  const headless = names.every(isNumber);
  if (extension === ".txt" && !headless && !(await isTable(file, spaced ? /\s+/ : header.delimiter, names.length)))
    return undefined;
  const columns = headless ? names.map((_, i) => `column${i + 1}`) : names;
  return {
    source: { ...source, ...(spaced ? { delimiter: " " } : {}), ...(headless ? { columns } : {}) },
    columns: columns.map((name) => ({ name, type: "VARCHAR" })),
    headless,
  };
}

/** Whether the first lines of a text file have as many columns as its first: prose has not. */
async function isTable(file: FoundFile, delimiter: string | RegExp, columns: number): Promise<boolean> {
  const handle = await open(file.location);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0);
    const lines = buffer
      .toString("utf8", 0, bytesRead)
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "");
    const whole = bytesRead === 1 << 16 ? lines.slice(0, -1) : lines;
    return columns > 1 && whole.length > 1 && whole.every((line) => line.trim().split(delimiter).length === columns);
  } finally {
    await handle.close();
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** A folder where the table is all that is in it, else a glob or the one file. */
function pathOf(files: readonly FoundFile[], all: readonly FoundFile[]): string {
  if (files.length === 1) return files[0].path;
  const folder = dirname(files[0].path);
  const beside = all.filter(({ path }) => dirname(path) === folder);
  const plain = files.every(({ path }) => /\.(csv|parquet)$/i.test(path));
  if (beside.length === files.length && folder !== "." && plain) return folder;
  const name = basename(files[0].path).replace(/\d+([^A-Za-z]*\d+)*/g, "*");
  return folder === "." ? name : `${folder}/${name}`;
}
