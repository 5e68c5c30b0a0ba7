/** The columns and the delimiter of a CSV file, from its first record. */
import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { ForewarnError } from "../core/errors.ts";
import type { FoundFile } from "./find-files.ts";
import type { SourceSpec } from "./spec.ts";

const LONGEST_HEADER = 1 << 20;
const delimiters = [",", ";", "\t", "|"];

/**
 * The column names, the delimiter (where none is given, the one of `,` `;` tab `|` that the first line holds most often) and the
 * number of header records: 1, or 0 where the source lists its columns.
 * @throws DATA_FILE_UNREADABLE when the file is empty, no UTF-8 text, or its header does not end.
 */
export async function readCsvHeader(file: FoundFile, source: SourceSpec) {
  const text = await firstRecord(file, source);
  const delimiter = source.delimiter ?? mostFrequent(text);
  const names = source.columns ?? split(text, delimiter);
  return { names, delimiter, skip: source.columns === undefined ? 1 : 0 };
}

async function firstRecord(file: FoundFile, source: SourceSpec): Promise<string> {
  const bytes = await firstBytes(file);
  checkText(file, bytes);
  const isHeader = source.columns === undefined;
  // A byte a character: all that parts records and cells is ASCII, but for a delimiter that is given.
  const { end, isOpen } = endOfRecord(bytes.toString("latin1"), source.delimiter);
  if (isHeader && end === 0) throw noHeader(file, bytes.length === 0 ? "an empty file" : "an empty first line");
  if (isHeader && isOpen) throw noHeader(file, "a quote that is not closed");
  if (isHeader && end === -1 && bytes.length === LONGEST_HEADER) throw noHeader(file, "a header that does not end");
  const record = end === -1 ? bytes : bytes.subarray(0, end);
  if (isHeader && !isUtf8(record)) throw notText(file, "a header in another encoding");
  return new TextDecoder("utf-8").decode(record);
}

async function firstBytes(file: FoundFile): Promise<Buffer> {
  const handle = await open(file.location);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A file of another kind is named as such, not by what its bytes would mean as text. */
function checkText(file: FoundFile, bytes: Buffer): void {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw notText(file, "UTF-16 (it begins with its byte order mark)");
  if (bytes.length > 1 && (first === 0) !== (second === 0)) throw notText(file, "what looks like UTF-16");
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") throw notText(file, "a Parquet file");
  const line = bytes.indexOf(0x0a);
  if (bytes.subarray(0, line === -1 ? 4096 : line).includes(0)) throw notText(file, "NUL bytes in its first line");
}

function notText(file: FoundFile, found: string): ForewarnError {
  return new ForewarnError("DATA_FILE_UNREADABLE", {
    problem: "a CSV file is no UTF-8 text",
    expected: "text in UTF-8",
    found,
    where: file.path,
    hint: "save it as UTF-8",
  });
}

function noHeader(file: FoundFile, found: string): ForewarnError {
  return new ForewarnError("DATA_FILE_UNREADABLE", {
    problem: "a CSV file has no header",
    expected: "the names of its columns in the first line",
    found,
    where: file.path,
    hint: "a file without a header line needs `columns: [...]`",
  });
}

/** Where the first record ends: the index of a line end outside quotes, -1 where there is none. A quote opens only where a cell begins. */
function endOfRecord(text: string, delimiter: string | undefined): { end: number; isOpen: boolean } {
  const separators = delimiter === undefined ? delimiters : [Buffer.from(delimiter).toString("latin1")];
  let quoted = false;
  let begins = true;
  for (let i = 0; i < text.length; i++) {
    if (quoted) {
      if (text[i] === '"' && text[i + 1] === '"') i++;
      else if (text[i] === '"') quoted = false;
      continue;
    }
    if (text[i] === "\n" || text[i] === "\r") return { end: i, isOpen: false };
    quoted = begins && text[i] === '"';
    begins =
      separators.some((separator) => text.endsWith(separator, i + 1)) || (i === 2 && text.startsWith("\xef\xbb\xbf"));
  }
  return { end: text.length === 0 ? 0 : -1, isOpen: quoted };
}

function mostFrequent(record: string): string {
  const counts = delimiters.map((delimiter) => split(record, delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))];
}

function split(record: string, delimiter: string): string[] {
  if (delimiter === " ") return record.trim().split(/[ \t]+/);
  const names: string[] = [];
  let name = "";
  let quoted = false;
  let begins = true;
  for (let i = 0; i < record.length; i++) {
    if (quoted && record[i] === '"') {
      if (record[i + 1] === '"') name += record[++i];
      else quoted = false;
    } else if (!quoted && begins && record[i] === '"') {
      quoted = true;
    } else if (!quoted && record.startsWith(delimiter, i)) {
      names.push(name);
      name = "";
      begins = true;
      i += delimiter.length - 1;
      continue;
    } else name += record[i];
    begins = false;
  }
  return [...names, name];
}
