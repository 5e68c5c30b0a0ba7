/** The records of a CSV file one by one, as its bytes stand: where each begins, and what is wrong with it. */
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

export interface CsvRecord {
  /** The line on which it begins, from 1. */
  line: number;
  /** Its bytes without the end of its line; cut off where it is longer than a record may be. */
  bytes: Buffer;
  /** What it has instead of so many whole fields; undefined where it is whole. */
  broken?: string;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** The longest record that is read; DuckDB's own limit. */
const LONGEST = 2_000_000;

/**
 * Lines end in LF, CRLF or CR, alike or mixed. A field that begins with a quote may go over several lines; a quote inside another is a
 * character as any. An empty line is no record.
 */
export async function* csvRecords(location: string, delimiter: string, fields: number): AsyncGenerator<CsvRecord> {
  const separator = Buffer.from(delimiter);
  let record = startRecord(1);
  let line = 1;
  let afterReturn = false;
  for await (const chunk of createReadStream(location, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      const secondHalf = afterReturn && byte === LINE_FEED;
      const isEnd = byte === LINE_FEED || byte === CARRIAGE_RETURN;
      afterReturn = byte === CARRIAGE_RETURN;
      if (isEnd && !secondHalf) line++;
      if (!isEnd || record.state === "quoted") {
        step(record, byte, separator);
        continue;
      }
      take(record, bytes, from, i);
      if (record.length > 0) yield finish(record, fields);
      from = i + 1;
      record = startRecord(line);
    }
    take(record, bytes, from, bytes.length);
  }
  if (record.length > 0) yield finish(record, fields);
}

/** "start" of a field, inside one without or with quotes, or after the quote that may have closed it. */
type State = "start" | "bare" | "quoted" | "closed";

interface OpenRecord {
  line: number;
  parts: Buffer[];
  length: number;
  state: State;
  separators: number;
  /** How many bytes of the separator were met. */
  matched: number;
  afterQuote: boolean;
}

function startRecord(line: number): OpenRecord {
  return { line, parts: [], length: 0, state: "start", separators: 0, matched: 0, afterQuote: false };
}

function take(record: OpenRecord, bytes: Buffer, from: number, to: number): void {
  if (to > from && record.length < LONGEST) record.parts.push(Buffer.from(bytes.subarray(from, to)));
  record.length += to - from;
}

function step(record: OpenRecord, byte: number, separator: Buffer): void {
  if (record.state === "quoted") {
    if (byte === QUOTE) record.state = "closed";
    return;
  }
  if (byte === QUOTE && record.state !== "bare") {
    record.state = "quoted";
    record.matched = 0;
    return;
  }
  record.matched = byte === separator[record.matched] ? record.matched + 1 : byte === separator[0] ? 1 : 0;
  if (record.matched === separator.length) {
    record.separators++;
    record.matched = 0;
    record.state = "start";
    return;
  }
  if (record.matched > 0) return;
  if (record.state === "closed") record.afterQuote = true;
  if (record.state === "start") record.state = "bare";
}

function finish(record: OpenRecord, fields: number): CsvRecord {
  const bytes = Buffer.concat(record.parts);
  return { line: record.line, bytes, broken: problemOf(record, bytes, fields) };
}

function problemOf({ length, state, separators, afterQuote }: OpenRecord, bytes: Buffer, fields: number) {
  if (length > LONGEST) return `more than ${LONGEST / 1_000_000} MB`;
  if (state === "quoted") return "a quote that is not closed";
  if (!isUtf8(bytes)) return "bytes that are not UTF-8";
  if (afterQuote) return "text after a closing quote";
  // One separator too many at the end of a line is none: the database reads it so, and a row may not fare by what stands elsewhere.
  const found = state === "start" && separators === fields ? fields : separators + 1;
  return found === fields ? undefined : `${found} column${found === 1 ? "" : "s"}`;
}
