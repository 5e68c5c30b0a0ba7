/** The bytes of a Parquet file of flat, required columns: plain pages straight from typed arrays, texts as dictionaries, no compression. */
import { ForewarnError } from "../errors.ts";
import { type ThriftStruct, type ThriftValue, thriftBytes, writeVarint } from "./thrift.ts";

export interface ParquetField {
  name: string;
  /** `timestamp` is in microseconds, UTC. */
  type: "float32" | "float64" | "int32" | "int64" | "timestamp" | "text";
}

/**
 * Values of a column: Float32Array (float32), Int32Array (int32), Float64Array (float64; whole numbers for int64 and timestamp), or codes
 * into texts.
 */
export type ParquetValues = Float32Array | Float64Array | Int32Array | ParquetTexts;

export interface ParquetTexts {
  codes: Uint32Array;
  texts: readonly string[];
}

const types = { int32: 1, int64: 2, timestamp: 2, float32: 4, float64: 5, text: 6 };
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;

interface Chunk {
  /** Where the column's first page begins. */
  start: number;
  bytes: number;
  rows: number;
  /** Of the dictionary page; 0 where there is none. */
  dictionaryBytes: number;
}

/** Gives the bytes of one file part after part, in the order in which they must be written: `begin`, each `rowGroup`, `end`. */
export class ParquetFile {
  readonly #fields: readonly ParquetField[];
  readonly #groups: { rows: number; chunks: Chunk[] }[] = [];
  #position = 0;

  constructor(fields: readonly ParquetField[]) {
    this.#fields = fields;
  }

  /** The bytes given so far. */
  get bytes(): number {
    return this.#position;
  }

  begin(): Uint8Array {
    return this.#given(new TextEncoder().encode("PAR1"));
  }

  /**
   * @param segments the values of each field, in one or more arrays that follow one another; all fields have as many values, below 2^28.
   * @throws DATA_PARQUET_VALUE for what the column cannot hold: text with a lone surrogate, no whole number.
   * Number arrays are not copied: they must stay as they are until what is returned has been written.
   */
  rowGroup(segments: readonly (readonly ParquetValues[])[]): Uint8Array[] {
    const parts: Uint8Array[] = [];
    const chunks = this.#fields.map(({ type }, i) => {
      const start = this.#position;
      const rows = segments[i].reduce((sum, values) => sum + lengthOf(values), 0);
      const dictionary = type === "text" ? dictionaryPages(segments[i] as readonly ParquetTexts[], rows) : undefined;
      for (const part of dictionary?.dictionary ?? []) parts.push(this.#given(part));
      const dictionaryBytes = this.#position - start;
      for (const part of dictionary?.data ?? plainPage(type, segments[i], rows)) parts.push(this.#given(part));
      return { start, bytes: this.#position - start, rows, dictionaryBytes };
    });
    this.#groups.push({ rows: chunks[0]?.rows ?? 0, chunks });
    return parts;
  }

  end(): Uint8Array {
    const metadata = thriftBytes([
      [1, { i32: 2 }],
      [2, { list: [rootOf(this.#fields), ...this.#fields.map(schemaOf)].map((struct) => ({ struct })) }],
      [3, { i64: this.#groups.reduce((sum, { rows }) => sum + rows, 0) }],
      [4, { list: this.#groups.map((group) => ({ struct: this.#groupOf(group) })) }],
      [6, { text: "forewarn" }],
    ]);
    const bytes = new Uint8Array(metadata.length + 8);
    bytes.set(metadata);
    new DataView(bytes.buffer).setUint32(metadata.length, metadata.length, true);
    bytes.set(new TextEncoder().encode("PAR1"), metadata.length + 4);
    return this.#given(bytes);
  }

  #groupOf({ rows, chunks }: { rows: number; chunks: Chunk[] }): ThriftStruct {
    const columns = chunks.map((chunk, i): ThriftValue => {
      const struct: ThriftStruct = [
        [2, { i64: chunk.start }],
        [3, { struct: columnOf(this.#fields[i], chunk) }],
      ];
      return { struct };
    });
    return [
      [1, { list: columns }],
      [2, { i64: chunks.reduce((sum, { bytes }) => sum + bytes, 0) }],
      [3, { i64: rows }],
    ];
  }

  #given(bytes: Uint8Array): Uint8Array {
    this.#position += bytes.length;
    return bytes;
  }
}

function rootOf(fields: readonly ParquetField[]): ThriftStruct {
  return [
    [4, { text: "root" }],
    [5, { i32: fields.length }],
  ];
}

function schemaOf({ name, type }: ParquetField): ThriftStruct {
  const required = [3, { i32: 0 }] as const;
  const element: ThriftStruct = [[1, { i32: types[type] }], required, [4, { text: name }]];
  if (type === "text") return [...element, [6, { i32: 0 }], [10, { struct: [[1, { struct: [] }]] }]];
  if (type !== "timestamp") return element;
  const micros: ThriftValue = { struct: [[2, { struct: [] }]] };
  const timestamp: ThriftStruct = [
    [1, { flag: true }],
    [2, micros],
  ];
  return [...element, [6, { i32: 10 }], [10, { struct: [[8, { struct: timestamp }]] }]];
}

function columnOf({ name, type }: ParquetField, { start, bytes, rows, dictionaryBytes }: Chunk): ThriftStruct {
  const encodings = type === "text" ? [PLAIN, RLE, RLE_DICTIONARY] : [PLAIN, RLE];
  const dictionary: ThriftStruct = dictionaryBytes === 0 ? [] : [[11, { i64: start }]];
  return [
    [1, { i32: types[type] }],
    [2, { list: encodings.map((i32) => ({ i32 })) }],
    [3, { list: [{ text: name }] }],
    [4, { i32: 0 }],
    [5, { i64: rows }],
    [6, { i64: bytes }],
    [7, { i64: bytes }],
    [9, { i64: start + dictionaryBytes }],
    ...dictionary,
  ];
}

function plainPage(type: ParquetField["type"], segments: readonly ParquetValues[], rows: number): Uint8Array[] {
  const whole = type === "int64" || type === "timestamp";
  const body = segments.map((values) => {
    if (whole) return int64Bytes(values as Float64Array);
    const { buffer, byteOffset, byteLength } = values as Float32Array;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  return [dataHeader(rows, PLAIN, sizeOf(body)), ...body];
}

/** The little-endian 64-bit integers of whole numbers, made without a bigint each. */
function int64Bytes(values: Float64Array): Uint8Array {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    if (!Number.isSafeInteger(values[i])) throw unfit("a whole number", String(values[i]), `row ${i}`);
    const high = Math.floor(values[i] / 2 ** 32);
    halves[2 * i] = values[i] - high * 2 ** 32;
    halves[2 * i + 1] = high;
  }
  return new Uint8Array(halves.buffer);
}

/** A page with each text that occurs, and one with runs of their numbers. */
function dictionaryPages(segments: readonly ParquetTexts[], rows: number) {
  const numbers = new Map<string, number>();
  const runs: { number: number; length: number }[] = [];
  for (const { codes, texts } of segments) {
    let last = -1;
    for (const code of codes) {
      const run = runs[runs.length - 1];
      if (code === last) {
        run.length++;
        continue;
      }
      last = code;
      if (code >= texts.length) throw unfit(`the number of one of ${texts.length} texts`, String(code), "codes");
      const number = numbers.get(texts[code]) ?? numbers.size;
      numbers.set(texts[code], number);
      if (run?.number === number) run.length++;
      else runs.push({ number, length: 1 });
    }
  }
  const bits = Math.max(1, 32 - Math.clz32(Math.max(0, numbers.size - 1)));
  const body = [bits];
  for (const { number, length } of runs) {
    writeVarint(body, length * 2);
    for (let shift = 0; shift < bits; shift += 8) body.push((number >>> shift) & 255);
  }
  const texts = plainTexts([...numbers.keys()]);
  const data = Uint8Array.from(body);
  return {
    dictionary: [dictionaryHeader(numbers.size, texts.length), texts],
    data: [dataHeader(rows, RLE_DICTIONARY, data.length), data],
  };
}

function plainTexts(texts: readonly string[]): Uint8Array {
  const broken = texts.find((text) => !text.isWellFormed());
  // It would be written as another text.
  if (broken !== undefined) throw unfit("text without lone surrogates", JSON.stringify(broken), "texts");
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const text of encoded) {
    view.setUint32(at, text.length, true);
    bytes.set(text, at + 4);
    at += 4 + text.length;
  }
  return bytes;
}

function unfit(expected: string, found: string, where: string): ForewarnError {
  return new ForewarnError("DATA_PARQUET_VALUE", {
    problem: "a value cannot be written as Parquet",
    expected,
    found,
    where,
  });
}

function dataHeader(rows: number, encoding: number, size: number): Uint8Array {
  const header: ThriftStruct = [
    [1, { i32: rows }],
    [2, { i32: encoding }],
    [3, { i32: RLE }],
    [4, { i32: RLE }],
  ];
  return thriftBytes([
    [1, { i32: 0 }],
    [2, { i32: size }],
    [3, { i32: size }],
    [5, { struct: header }],
  ]);
}

function dictionaryHeader(texts: number, size: number): Uint8Array {
  const header: ThriftStruct = [
    [1, { i32: texts }],
    [2, { i32: PLAIN }],
  ];
  return thriftBytes([
    [1, { i32: 2 }],
    [2, { i32: size }],
    [3, { i32: size }],
    [7, { struct: header }],
  ]);
}

function lengthOf(values: ParquetValues): number {
  return "codes" in values ? values.codes.length : values.length;
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
