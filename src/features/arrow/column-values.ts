/** The values of an Arrow column as the arrays that a fleet is made of: shared where the layout allows, else copied. */
import type { Vector } from "apache-arrow";
import { ForewarnError } from "../../core/errors.ts";
import type { TimeKind } from "../../core/time.ts";
import { parseInstant } from "../../core/time.ts";
import type { Codes } from "../plain/fleet-from-columns.ts";

/** `Type` of apache-arrow, by number: its module is loaded only by those who make tables. */
const type = { int: 2, float: 3, utf8: 5, date: 8, timestamp: 10, dictionary: -1, largeUtf8: 20 };
const DOUBLE = 2;
/** Microseconds of a unit of time: seconds, milliseconds, microseconds, nanoseconds. */
const microsOf = [1_000_000, 1_000, 1, 0.001];

/** Float64 readings; null is NaN. The column's own array where it is float64, without nulls and in one piece. @throws DATA_COLUMN_TYPE */
export function numbersOf(column: Vector, where: string): Float64Array {
  const { typeId, precision } = column.type as { typeId: number; precision?: number };
  if (typeId !== type.int && typeId !== type.float) throw wrongColumn(column, "numbers", where);
  const [only] = column.data;
  if (typeId === type.float && precision === DOUBLE && column.data.length === 1 && only.nullCount === 0)
    return (only.values as Float64Array).subarray(0, only.length);
  const values = new Float64Array(column.length);
  forEachValue(column, (value, row) => {
    values[row] = value === null ? Number.NaN : Number(value);
  });
  return values;
}

/**
 * Instants in the fleet's unit; null is NaN, where that is allowed. Timestamps of any unit and dates are converted, whole numbers are taken
 * as they are, text is read as ISO 8601.
 * @throws DATA_COLUMN_TYPE, DATA_INSTANT for what is no whole number of microseconds
 */
export function instantsOf(column: Vector, kind: TimeKind, where: string, nullable = false): Float64Array {
  const scale = instantScale(column, kind, where);
  const { typeId } = valueType(column);
  const values = new Float64Array(column.length);
  forEachValue(column, (value, row) => {
    if (value === null && nullable) values[row] = Number.NaN;
    else if (typeof value === "string") values[row] = readInstant(value, kind, `${where}[${row}]`);
    else values[row] = scaled(value, scale, typeId, `${where}[${row}]`);
  });
  return values;
}

/** Names as codes: of a dictionary its own, else those of the values. @throws DATA_COLUMN_TYPE; DATA_VALUE_MISSING for null unless `missing` stands for it */
export function codesOf(column: Vector, where: string, missing?: string): Codes {
  const names: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (name: string) => {
    let code = known.get(name);
    if (code === undefined) {
      code = names.length;
      known.set(name, code);
      names.push(name);
    }
    return code;
  };
  const codes = new Uint32Array(column.length);
  const nullAt = (row: number) => {
    if (missing !== undefined) return codeOf(missing);
    throw new ForewarnError("DATA_VALUE_MISSING", {
      problem: "a value is missing",
      expected: "a name",
      found: "null",
      where: `${where}[${row}]`,
    });
  };
  let row = 0;
  for (const data of column.data) {
    // Dictionary entries are read once a batch, not once a row.
    const entries = data.dictionary as Vector | null | undefined;
    if (entries === undefined || entries === null) continue;
    // One by one: a whole array of numbers would show null as 0.
    const ownNames = Array.from({ length: entries.length }, (_, i) => entries.get(i) as unknown);
    const translated = ownNames.map((name) => (name === null ? -1 : codeOf(nameOf(name, column, where))));
    for (let i = 0; i < data.length; i++, row++) {
      const valid = data.nullCount === 0 || data.getValid(i);
      const code = valid ? (translated[Number((data.values as ArrayLike<number>)[i])] ?? -1) : -1;
      codes[row] = code < 0 ? nullAt(row) : code;
    }
  }
  if (row === column.length) return { names, codes };
  forEachValue(column, (value, at) => {
    codes[at] = value === null ? nullAt(at) : codeOf(nameOf(value, column, where));
  });
  return { names, codes };
}

function forEachValue(column: Vector, visit: (value: unknown, row: number) => void): void {
  let row = 0;
  for (const data of column.data) {
    const { typeId } = column.type as { typeId: number };
    const plain = typeId === type.int || typeId === type.float || typeId === type.timestamp;
    const values = data.values as ArrayLike<unknown>;
    const offset = row;
    const entries = typeId === type.dictionary && data.dictionary ? rawValues(data.dictionary as Vector) : undefined;
    for (let i = 0; i < data.length; i++, row++) {
      const valid = data.nullCount === 0 || data.getValid(i);
      // The raw numbers: the library's own getter makes milliseconds of every timestamp, and loses what is below.
      if (!valid) visit(null, row);
      else if (entries !== undefined) visit(entries[Number(values[i])] ?? null, row);
      else visit(plain && !isHalf(column) ? values[i] : column.get(offset + i), row);
    }
  }
}

function rawValues(column: Vector): unknown[] {
  const values: unknown[] = new Array(column.length);
  forEachValue(column, (value, row) => {
    values[row] = value;
  });
  return values;
}

/** The type of a column's values, of a dictionary that of its entries. */
function valueType(column: Vector): { typeId: number; unit?: number } {
  const own = column.type as { typeId: number; unit?: number; dictionary?: { typeId: number; unit?: number } };
  return own.typeId === type.dictionary && own.dictionary !== undefined ? own.dictionary : own;
}

function isHalf(column: Vector): boolean {
  const { typeId, precision } = column.type as { typeId: number; precision?: number };
  return typeId === type.float && precision === 0;
}

/** Units of the fleet's time a unit of the column's; 0 for what is converted otherwise. */
function instantScale(column: Vector, kind: TimeKind, where: string): number {
  const { typeId, unit } = valueType(column);
  if (typeId === type.int || typeId === type.float) return 1;
  if (kind === "timestamp") {
    if (typeId === type.timestamp) return microsOf[unit ?? 2];
    if (typeId === type.date) return 1_000;
    if (typeId === type.utf8 || typeId === type.largeUtf8) return 0;
  }
  throw wrongColumn(column, kind === "cycles" ? "whole numbers" : "timestamps, whole microseconds or text", where);
}

function scaled(value: unknown, scale: number, typeId: number, where: string): number {
  const exact =
    typeof value === "bigint" && scale < 1
      ? value % 1_000n === 0n
        ? Number(value / 1_000n)
        : Number.NaN
      : Number(value instanceof Date ? value.getTime() : value) * scale;
  if (value !== null && Number.isSafeInteger(exact)) return exact;
  throw new ForewarnError("DATA_INSTANT", {
    problem: "an instant cannot be read",
    expected: typeId === type.timestamp ? "a timestamp of whole microseconds" : "a whole number",
    found: String(value),
    where,
  });
}

function readInstant(text: string, kind: TimeKind, where: string): number {
  try {
    return parseInstant(text, kind, where);
  } catch (cause) {
    throw new ForewarnError("DATA_INSTANT", {
      problem: "an instant cannot be read",
      expected: 'text such as "2015-03-01T06:00:00Z"',
      found: text,
      where,
      cause,
    });
  }
}

function nameOf(value: unknown, column: Vector, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  throw wrongColumn(column, "text", where);
}

function wrongColumn(column: Vector, expected: string, where: string): ForewarnError {
  return new ForewarnError("DATA_COLUMN_TYPE", {
    problem: "a column is of another type",
    expected,
    found: String(column.type),
    where,
  });
}
