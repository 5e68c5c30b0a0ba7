/**
 * One file for a plain value that holds typed arrays: a JSON header, the arrays' bytes, and a SHA-256 over both, so that a damaged
 * file is never read as a result. Arrays that were one object before are one object after. Little-endian.
 */
import { createHash } from "node:crypto";
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
    return Object.fromEntries(Object.entries(item).map(([key, member]) => [key, encode(member)]));
  };
  const header = new TextEncoder().encode(JSON.stringify(encode(value)));
  const start = padded(MAGIC.length + 8 + header.length);
  const bytes = new Uint8Array(start + offset + 32);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setFloat64(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 8);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  bytes.set(createHash("sha256").update(bytes.subarray(0, at)).digest(), at);
  return bytes;
}

/** The value that `pack` wrote. @throws DATA_PACK_DAMAGED when the bytes are not whole. */
export function unpack(bytes: Uint8Array, where?: string): unknown {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  const sum =
    bytes.length < MAGIC.length + 40 ? undefined : createHash("sha256").update(bytes.subarray(0, -32)).digest();
  if (magic !== MAGIC || sum === undefined || !sum.equals(bytes.subarray(-32))) {
    throw new ForewarnError("DATA_PACK_DAMAGED", {
      problem: "a stored result is damaged",
      where,
      hint: "delete it; it is made again",
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getFloat64(MAGIC.length, true);
  const start = padded(MAGIC.length + 8 + headerLength);
  const made = new Map<string, PackedArray>();
  const header = new TextDecoder().decode(bytes.subarray(MAGIC.length + 8, MAGIC.length + 8 + headerLength));
  return JSON.parse(header, (_key, item) => {
    if (item === null || typeof item !== "object") return item;
    if ("$number" in item) return Number(item.$number);
    if (!("$array" in item)) return item;
    const [name, offset, length] = item.$array as [keyof typeof arrayTypes, number, number];
    const id = `${name}@${offset}+${length}`;
    const known = made.get(id);
    if (known !== undefined) return known;
    const type = arrayTypes[name];
    const from = start + offset;
    const array = new type(length);
    new Uint8Array(array.buffer).set(bytes.subarray(from, from + array.byteLength));
    made.set(id, array);
    return array;
  });
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
