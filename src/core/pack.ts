/**
 * One file for a plain value that holds typed arrays: a JSON header and the arrays' bytes. Arrays that were one object before are one object
 * after. Little-endian. Whoever stores the bytes keeps a checksum beside them: what is read here is taken to be whole.
 */
import { ForewarnError } from "./errors.ts";

const MAGIC = "forewarn-pack-1\n";

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array, BigInt64Array };
type PackedArray = InstanceType<(typeof arrayTypes)[keyof typeof arrayTypes]>;

/** The bytes of a value made of plain objects, arrays, text, numbers (also NaN and infinities), booleans, null and typed arrays. */
export function pack(value: unknown): Uint8Array {
  const arrays: PackedArray[] = [];
  const seen = new Map<PackedArray, object>();
  let offset = 0;
  const encode = (item: unknown): unknown => {
    if (typeof item === "number" && (!Number.isFinite(item) || Object.is(item, -0)))
      return { $number: Object.is(item, -0) ? "-0" : String(item) };
    if (item === null || typeof item !== "object") return item;
    if (ArrayBuffer.isView(item)) {
      const array = item as PackedArray;
      let reference = seen.get(array);
      if (reference === undefined) {
        reference = { $array: [array.constructor.name, offset, array.length] };
        seen.set(array, reference);
        arrays.push(array);
        offset += padded(array.byteLength);
      }
      return reference;
    }
    if (Array.isArray(item)) return item.map(encode);
    // A key of the user's that begins with $ (a sensor can be called anything) gets a second one, so that it is no tag of ours.
    return Object.fromEntries(
      Object.entries(item).map(([key, member]) => [key.startsWith("$") ? `$${key}` : key, encode(member)]),
    );
  };
  const header = new TextEncoder().encode(JSON.stringify(encode(value)));
  const start = padded(MAGIC.length + 8 + header.length);
  const bytes = new Uint8Array(start + offset);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setFloat64(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 8);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  return bytes;
}

/** The value that `pack` wrote. @throws DATA_NOT_PACKED when the bytes are something else. */
export function unpack(bytes: Uint8Array): unknown {
  const { header, arrays } = readFrame(bytes);
  const made = new Map<string, PackedArray>();
  const arrayAt = (reference: unknown): PackedArray => {
    const id = JSON.stringify(reference);
    let array = made.get(id);
    if (array === undefined) {
      array = readArray(reference, arrays);
      made.set(id, array);
    }
    return array;
  };
  const revive = (_key: string, item: unknown): unknown => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
    if (Object.hasOwn(item, "$number")) return readNumber((item as { $number: unknown }).$number);
    if (Object.hasOwn(item, "$array")) return arrayAt((item as { $array: unknown }).$array);
    if (!Object.keys(item).some((key) => key.startsWith("$$"))) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, member]) => [key.startsWith("$$") ? key.slice(1) : key, member]),
    );
  };
  try {
    return JSON.parse(header, revive);
  } catch (cause) {
    // Bytes that are no JSON, or more levels than the stack holds.
    throw cause instanceof ForewarnError ? cause : notPacked("a header that is no JSON", cause);
  }
}

/** The header's text and the bytes of all arrays. */
function readFrame(bytes: Uint8Array): { header: string; arrays: Uint8Array } {
  const begin = MAGIC.length + 8;
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw notPacked("another beginning");
  if (bytes.length < begin) throw notPacked("no header");
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat64(MAGIC.length, true);
  if (!Number.isSafeInteger(length) || length < 0 || padded(begin + length) > bytes.length)
    throw notPacked("a header that does not end");
  return {
    header: new TextDecoder().decode(bytes.subarray(begin, begin + length)),
    arrays: bytes.subarray(padded(begin + length)),
  };
}

function readArray(reference: unknown, arrays: Uint8Array): PackedArray {
  const [name, offset, length] = Array.isArray(reference) ? (reference as unknown[]) : [];
  const type = typeof name === "string" && Object.hasOwn(arrayTypes, name) ? name : undefined;
  const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (type === undefined || !isIndex(offset) || !isIndex(length)) throw notPacked("an array of no known form");
  const make = arrayTypes[type as keyof typeof arrayTypes];
  const end = offset + length * make.BYTES_PER_ELEMENT;
  if (end > arrays.length) throw notPacked("an array that goes past the end");
  const array = new make(length);
  new Uint8Array(array.buffer).set(arrays.subarray(offset, end));
  return array;
}

/** What JSON has no number for. */
const numbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

function readNumber(name: unknown): number {
  if (typeof name === "string" && Object.hasOwn(numbers, name)) return numbers[name];
  throw notPacked("a number of no known form");
}

function notPacked(found: string, cause?: unknown): ForewarnError {
  return new ForewarnError("DATA_NOT_PACKED", {
    problem: "these bytes are no packed value",
    expected: MAGIC.trim(),
    found,
    cause,
  });
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
