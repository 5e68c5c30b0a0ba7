/** A copy of a CSV file that DuckDB can read: one kind of line end, and each broken line as a row that says what is wrong with it. */
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { storeError } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";
import { csvRecords } from "./csv-records.ts";

/**
 * Writes every record to `target` with a field more, which says what is wrong with it, and is empty where nothing is. Records keep
 * their number, so that a row is found again in the file it came from.
 */
export async function mendCsv(location: string, target: string, delimiter: string, fields: number): Promise<void> {
  await writeAll(mendedRecords(location, delimiter, fields), target);
}

/** Writes the lines of a file without quotes to `target`, each ended by LF. */
export async function mendLines(location: string, target: string): Promise<void> {
  await writeAll(lines(location), target);
}

async function writeAll(content: AsyncGenerator<Buffer>, target: string): Promise<void> {
  try {
    await pipeline(Readable.from(content), createWriteStream(target, { flags: "wx" }));
  } catch (error) {
    // A disk that takes no copy is no fault of the file that is copied.
    throw writeFailures.includes(systemCode(error) ?? "") ? storeError(error, target) : error;
  }
}

const writeFailures: readonly string[] = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EMFILE", "ENFILE"];

async function* lines(location: string): AsyncGenerator<Buffer> {
  let afterReturn = false;
  for await (const chunk of createReadStream(location, { highWaterMark: WRITTEN_TOGETHER })) {
    // A byte a character, so that nothing but line ends is changed.
    const text = (chunk as Buffer).toString("latin1");
    const begun = afterReturn && text.startsWith("\n") ? text.slice(1) : text;
    afterReturn = text.endsWith("\r");
    yield Buffer.from(begun.replace(/\r\n?/g, "\n"), "latin1");
  }
}

/** About a megabyte at a time. */
const WRITTEN_TOGETHER = 1 << 20;

async function* mendedRecords(location: string, delimiter: string, fields: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  const end = Buffer.from(`${delimiter}\n`);
  for await (const { bytes, broken } of csvRecords(location, delimiter, fields)) {
    if (broken === undefined) parts.push(bytes, end);
    else parts.push(Buffer.from(`${delimiter.repeat(fields)}"${broken}"\n`));
    length += bytes.length;
    if (length < WRITTEN_TOGETHER) continue;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  yield Buffer.concat(parts);
}
