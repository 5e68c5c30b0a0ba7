/** The records of a CSV file one by one, as its bytes stand: where each begins, and what is wrong with it. */
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

export interface CsvRecord {
  /** The line on which it begins, from 1. */
  line: number;
  /** Its bytes without the end of its line and the spaces around quoted fields; cut off where it is longer than a record may be. */
  bytes: Buffer;
  /** What it has instead of so many whole fields; undefined where it is whole. */
  broken?: string;
}

const QUOTE = 0x22;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from("\ufeff");
/** The longest record that is read; DuckDB's own limit. */
const LONGEST = 2_000_000;

/**
 * Lines end in LF, CRLF or CR, alike or mixed. A field that begins with a quote, before which spaces may stand, may go over several
 * lines; a quote inside another is a character as any. Empty fields too many at the end of a record are none. An empty line is no record,
 * except where there is one field: there it is how a missing value is written.
 */
export async function* csvRecords(location: string, delimiter: string, fields: number): AsyncGenerator<CsvRecord> {
  const separator = Buffer.from(delimiter);
  const isRecord = (record: OpenRecord) => record.length > 0 || fields === 1;
  let record = startRecord(1);
  let line = 1;
  let afterReturn = false;
  let isFirst = true;
  for await (const chunk of createReadStream(location, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    let from = isFirst && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    isFirst = false;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i];
      const secondHalf = afterReturn && byte === LINE_FEED;
      const isEnd = byte === LINE_FEED || byte === CARRIAGE_RETURN;
      afterReturn = byte === CARRIAGE_RETURN;
      if (isEnd && !secondHalf) line++;
      if (!isEnd || record.state === "quoted") {
        step(record, byte, separator, fields);
        continue;
      }
      take(record, bytes, from, i);
      if (isRecord(record) && !secondHalf) yield finish(record, fields);
      from = i + 1;
      record = startRecord(line);
    }
    take(record, bytes, from, bytes.length);
  }
  if (record.length > 0) yield finish(record, fields);
}

/** Inside a field without quotes or before its quote, inside one with quotes, or after the quote that may have closed it. */
type State = "bare" | "quoted" | "closed";

interface OpenRecord {
  line: number;
  parts: Buffer[];
  length: number;
  state: State;
  separators: number;
  /** How many bytes of the separator were met. */
  matched: number;
  afterQuote: boolean;
  /** How many bytes were met. */
  at: number;
  /** Where the field begins, or where the quote that closed it ends. */
  begun: number;
  /** How many bytes from there on are spaces. */
  spaces: number;
  /** Whether something stands between the quotes of the field. */
  filled: boolean;
  /** Whether something stands in a field that is too many. */
  surplus: boolean;
  /** The spaces around quoted fields. */
  cuts: (readonly [from: number, to: number])[];
}

function startRecord(line: number): OpenRecord {
  const met = { separators: 0, matched: 0, at: 0, begun: 0, spaces: 0, length: 0 };
  return { line, ...met, state: "bare", parts: [], cuts: [], afterQuote: false, filled: false, surplus: false };
}

function take(record: OpenRecord, bytes: Buffer, from: number, to: number): void {
  if (to > from && record.length < LONGEST) record.parts.push(Buffer.from(bytes.subarray(from, to)));
  record.length += to - from;
}

function step(record: OpenRecord, byte: number, separator: Buffer, fields: number): void {
  const at = record.at++;
  if (record.state === "quoted") {
    if (byte !== QUOTE) record.filled = true;
    else beginSpaces(record, "closed");
    return;
  }
  const spaces = at - record.begun;
  if (byte === QUOTE && (record.state === "closed" || spaces === record.spaces)) {
    if (record.state === "bare") cut(record, at);
    else if (spaces > 0) record.afterQuote = true;
    else record.filled = true;
    record.state = "quoted";
    record.matched = 0;
    return;
  }
  if (byte === SPACE && spaces === record.spaces) record.spaces++;
  record.matched = byte === separator[record.matched] ? record.matched + 1 : byte === separator[0] ? 1 : 0;
  if (record.matched < separator.length) return;
  endField(record, record.at - separator.length, fields);
  record.separators++;
  record.matched = 0;
  record.filled = false;
  beginSpaces(record, "bare");
}

function beginSpaces(record: OpenRecord, state: State): void {
  record.state = state;
  record.begun = record.at;
  record.spaces = 0;
}

function endField(record: OpenRecord, end: number, fields: number): void {
  const { state, begun, spaces } = record;
  if (state === "bare") record.filled = end > begun;
  else if (spaces < end - begun) record.afterQuote = true;
  else if (state === "closed") cut(record, end);
  if (record.filled && record.separators >= fields) record.surplus = true;
}

function cut(record: OpenRecord, end: number): void {
  if (end > record.begun) record.cuts.push([record.begun, end]);
}

function finish(record: OpenRecord, fields: number): CsvRecord {
  if (record.state !== "quoted") endField(record, record.at, fields);
  const bytes = Buffer.concat(record.parts);
  const broken = problemOf(record, bytes, fields);
  return { line: record.line, bytes: record.cuts.length === 0 ? bytes : without(bytes, record.cuts), broken };
}

function without(bytes: Buffer, cuts: OpenRecord["cuts"]): Buffer {
  const ends = [...cuts.map(([from]) => from), bytes.length];
  return Buffer.concat(ends.map((end, i) => bytes.subarray(i === 0 ? 0 : cuts[i - 1][1], end)));
}

function problemOf({ length, state, separators, afterQuote, surplus }: OpenRecord, bytes: Buffer, fields: number) {
  if (length > LONGEST) return `more than ${LONGEST / 1_000_000} MB`;
  if (state === "quoted") return "a quote that is not closed";
  if (!isUtf8(bytes)) return "bytes that are not UTF-8";
  if (afterQuote) return "text after a closing quote";
  const found = separators + 1;
  return found < fields || surplus ? `${found} column${found === 1 ? "" : "s"}` : undefined;
}
