/** The columns and the delimiter of a CSV file, from its first record. */
import { open } from "node:fs/promises";
import { ForewarnError } from "../core/errors.ts";
import type { FoundFile } from "./find-files.ts";
import type { SourceSpec } from "./spec.ts";

const LONGEST_HEADER = 1 << 20;
const delimiters = [",", ";", "\t", "|"];

/**
 * The column names, the delimiter (where none is given, the one of `,` `;` tab `|` that the first line holds most often) and the
 * number of header records: 1, or 0 where the source lists its columns.
 * @throws DATA_FILE_UNREADABLE when the file is empty or its header does not end.
 */
export async function readCsvHeader(file: FoundFile, source: SourceSpec) {
  const text = await firstRecord(file, source.columns !== undefined);
  const delimiter = source.delimiter ?? mostFrequent(text);
  const names = source.columns ?? split(text, delimiter);
  return { names, delimiter, skip: source.columns === undefined ? 1 : 0 };
}

async function firstRecord(file: FoundFile, mayBeEmpty: boolean): Promise<string> {
  const handle = await open(file.location);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
    const text = new TextDecoder("utf-8").decode(buffer.subarray(0, bytesRead));
    const end = endOfRecord(text);
    if (end === 0 && !mayBeEmpty) throw noHeader(file, bytesRead === 0 ? "an empty file" : "an empty first line");
    if (end === -1 && bytesRead === LONGEST_HEADER) throw noHeader(file, "a header that does not end");
    return end === -1 ? text : text.slice(0, end);
  } finally {
    await handle.close();
  }
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

/** The index of the first line end outside quotes; -1 where there is none. */
function endOfRecord(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (!quoted && (text[i] === "\n" || text[i] === "\r")) return i;
  }
  return text.length === 0 ? 0 : -1;
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
  for (let i = 0; i < record.length; i++) {
    if (record[i] === '"') {
      if (quoted && record[i + 1] === '"') name += record[++i];
      else quoted = !quoted;
    } else if (!quoted && record.startsWith(delimiter, i)) {
      names.push(name);
      name = "";
      i += delimiter.length - 1;
    } else name += record[i];
  }
  return [...names, name];
}
