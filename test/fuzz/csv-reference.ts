/** A tiny reader of CSV telemetry of its own, to hold the archive's against: what every row must have become, or why it must be refused. */

export interface ReferenceRow {
  machine: string;
  /** Microseconds since the epoch. */
  time: number;
  /** NaN where it is missing. */
  value: number;
}

/** What stands in a text for bytes that are not UTF-8. */
const REPLACED = "\ufffd";

/** Every row of a UTF-8 file with the columns m, t and v, or a sentence that says what is wrong with it; one sentence where it is the file. */
export function referenceRecords(bytes: Uint8Array): (ReferenceRow | string)[] | string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const [header, ...records] = recordsOf(text, delimiterOf(text));
  if (header === undefined || header.broken !== undefined) return "no header";
  const names = header.fields;
  const at = ["m", "t", "v"].map((name) => names.indexOf(name));
  if (names.some((name) => name.includes(REPLACED))) return "not UTF-8";
  if (at.includes(-1)) return "a column is missing";
  if (at.some((index) => names.lastIndexOf(names[index]) !== index)) return "a column is there twice";
  return records.map(({ fields, broken }) => broken ?? rowOf(fields, names.length, at));
}

/** The rows of such a file, or a sentence that says why there are none. */
export function referenceRows(bytes: Uint8Array): ReferenceRow[] | string {
  const records = referenceRecords(bytes);
  if (typeof records === "string") return records;
  return records.find((record) => typeof record === "string") ?? (records as ReferenceRow[]);
}

function rowOf(fields: readonly string[], width: number, at: readonly number[]): ReferenceRow | string {
  // Empty fields too many are none.
  if (fields.length < width || fields.slice(width).some((field) => field !== "")) return "a row of another length";
  if (fields.some((field) => field.includes(REPLACED))) return "not UTF-8";
  const [machine, time, value] = at.map((index) => fields[index]);
  const micros = instantOf(time);
  const number = numberOf(value);
  if (machine === "" || machine.includes("\0") || machine.startsWith("\ufeff")) return "no machine";
  if (micros === undefined) return "no time";
  if (number === undefined) return "no number";
  return { machine: machine.replace(/^0+([0-9]+)$/, "$1"), time: micros, value: number };
}

/** Of `,` `;` tab and `|` the one that the first line has most of, the first of equals. */
function delimiterOf(text: string): string {
  const counts = [",", ";", "\t", "|"].map((delimiter): [string, number] => {
    return [delimiter, recordsOf(text, delimiter)[0]?.fields.length ?? 0];
  });
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

interface CsvRecord {
  fields: string[];
  broken?: string;
}

function recordsOf(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let record: CsvRecord = { fields: [] };
  let at = 0;
  const isEnd = () => at >= text.length || text[at] === "\r" || text[at] === "\n";
  while (at < text.length) {
    // A space before a quote is no part of the value.
    const open = /^ *"/.exec(text.slice(at, at + 64));
    const begin = at;
    let field = "";
    at += open?.[0].length ?? 0;
    for (let quoted = open !== null; quoted; ) {
      const end = text.indexOf('"', at);
      if (end === -1) {
        record.broken = "a quote is not closed";
        at = text.length;
        break;
      }
      field += text.slice(at, end);
      at = end + 1;
      if (text[at] === '"') {
        field += '"';
        at++;
        continue;
      }
      while (text[at] === " ") at++;
      quoted = false;
      if (isEnd() || text[at] === delimiter) break;
      record.broken = "text after a quote";
      while (!isEnd() && text[at] !== delimiter && text[at] !== '"') at++;
      quoted = text[at] === '"';
      if (quoted) at++;
    }
    if (open === null) {
      while (!isEnd() && text[at] !== delimiter) at++;
      field = text.slice(begin, at);
    }
    record.fields.push(field);
    if (text[at] === delimiter && at < text.length) {
      at++;
      if (!isEnd()) continue;
      record.fields.push("");
    }
    const isBlank = record.fields.length === 1 && record.fields[0] === "" && open === null;
    if (!isBlank || record.broken !== undefined) records.push(record);
    record = { fields: [] };
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
  return records;
}

function numberOf(text: string): number | undefined {
  if (text === "") return Number.NaN;
  const trimmed = text.replace(/^[ \t\v\f\r\n]+|[ \t\v\f\r\n]+$/g, "");
  if (/^[+-]?nan(\([A-Za-z0-9_]*\))?$/i.test(trimmed)) return Number.NaN;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true" ? 1 : 0;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : undefined;
}

/** A day, at most a time of it, and an offset of at most 14 hours; without one it is UTC. */
const INSTANT =
  /^ *(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))? *$/;

function instantOf(text: string): number | undefined {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Number((match[7] ?? "").padEnd(6, "0").slice(0, 6));
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second + fraction > 0)) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const zone = /^([+-])(\d\d):?(\d\d)?$/.exec(match[8] ?? "");
  const offset = Number(zone?.[2] ?? 0) * 60 + Number(zone?.[3] ?? 0);
  if (offset > 14 * 60 || Number(zone?.[3] ?? 0) > 59) return undefined;
  const minutes = hour * 60 + minute - (zone?.[1] === "-" ? -offset : offset);
  const micros = (midnight.getTime() + (minutes * 60 + second) * 1000) * 1000 + fraction;
  return Number.isSafeInteger(micros) ? micros : undefined;
}
