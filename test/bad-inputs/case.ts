/** A case of bad input as it stands in its folder's `case.json`, and the laying out of its files. */
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";

/** The folder of all cases; `_good` in it holds the unharmed files. */
export const corpus = fileURLToPath(new URL(".", import.meta.url));
const source = new URL("../../src/index.ts", import.meta.url).href;

/** A text, a run of one text, or bytes in hexadecimal. */
const piece = z.union([
  z.string(),
  z.strictObject({ repeat: z.string(), times: z.number() }),
  z.strictObject({ hex: z.string() }),
]);

/** What a file is made of, where text in the folder cannot say it; then what is done to its bytes. */
const made = z.strictObject({
  /** Pieces one after another. */
  text: z.array(piece).optional(),
  /** The rows of a query, as a Parquet file. */
  sql: z.string().optional(),
  /** A file of the folder or of `_good`. */
  of: z.string().optional(),
  /** So many bytes are kept; below 0, so many are cut off the end. */
  keep: z.number().optional(),
  /** Bytes in hexadecimal by where they are written; below 0 counts from the end. */
  bytes: z.record(z.string(), z.string()).optional(),
  /** Bytes in hexadecimal put after the end. */
  after: z.string().optional(),
});

/** Texts that the parts of the error hold. */
const refusal = z.strictObject({
  code: z.string(),
  problem: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
  where: z.string().optional(),
  hint: z.string().optional(),
  /** Texts that no part of it may hold. */
  hides: z.array(z.string()).optional(),
});

const shape = z.strictObject({
  /** What a mature product does, as a sentence. */
  claim: z.string(),
  door: z.enum([
    "load",
    "pipeline",
    "options",
    "scorer",
    "registry",
    "cli",
    "cache",
    "pack",
    "matrix",
    "onnx",
    "predictions",
  ]),
  /** What goes through the door, beside the files; each door reads its own. */
  given: z.record(z.string(), z.unknown()).optional(),
  files: z.record(z.string(), made).optional(),
  /** The error that has to come. */
  refused: refusal.optional(),
  /** What the door has to give instead: the members named here, no others. */
  gives: z.record(z.string(), z.unknown()).optional(),
});

export type BadInput = z.infer<typeof shape>;

/** The names of all cases, sorted. */
export async function caseNames(): Promise<string[]> {
  const entries = await readdir(corpus, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith("_") ? [entry.name] : [])).sort();
}

export async function readCase(name: string): Promise<BadInput> {
  const read = shape.parse(JSON.parse(await readFile(join(corpus, name, "case.json"), "utf8")));
  if ((read.refused === undefined) === (read.gives === undefined)) throw new Error(`${name}: either refused or gives`);
  return read;
}

/**
 * Writes a case's files into a folder. A file called `<name>.txt` lies there as `<name>`: under its own name other tools would try to
 * read it.
 */
export async function layOut(name: string, { files = {} }: BadInput, folder: string): Promise<void> {
  for (const path of await readdir(join(corpus, name), { recursive: true })) {
    const location = join(corpus, name, path);
    if (path === "case.json" || !(await stat(location)).isFile()) continue;
    await put(join(folder, path.replace(/\.txt$/, "")), await readFile(location));
  }
  for (const [path, how] of Object.entries(files))
    await put(join(folder, path), await bytesOf(name, how, join(folder, path)));
}

async function put(location: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(location), { recursive: true });
  const pipeline = /\.(mts|mjs|ts)$/.test(location);
  // A pipeline says `forewarn`; that is this source here.
  await writeFile(
    location,
    pipeline ? Buffer.from(content).toString().replaceAll('"forewarn"', JSON.stringify(source)) : content,
  );
}

async function bytesOf(name: string, how: z.infer<typeof made>, location: string): Promise<Buffer> {
  let content: Buffer = Buffer.concat((how.text ?? []).map(pieceBytes));
  if (how.of !== undefined) content = await original(name, how.of);
  if (how.sql !== undefined) content = await parquetOf(how.sql, location);
  if (how.keep !== undefined)
    content = Buffer.from(content.subarray(0, how.keep < 0 ? content.length + how.keep : how.keep));
  for (const [at, hex] of Object.entries(how.bytes ?? {})) {
    Buffer.from(hex, "hex").copy(content, Number(at) < 0 ? content.length + Number(at) : Number(at));
  }
  return Buffer.concat([content, Buffer.from(how.after ?? "", "hex")]);
}

function pieceBytes(one: z.infer<typeof piece>): Buffer {
  if (typeof one === "string") return Buffer.from(one);
  return "hex" in one ? Buffer.from(one.hex, "hex") : Buffer.from(one.repeat.repeat(one.times));
}

async function original(name: string, file: string): Promise<Buffer> {
  const own = join(corpus, name, file);
  return await readFile(own).catch(() => readFile(join(corpus, "_good", file)));
}

async function parquetOf(sql: string, location: string): Promise<Buffer> {
  await mkdir(dirname(location), { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`COPY (${sql}) TO '${location.replaceAll("'", "''")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return await readFile(location);
}
