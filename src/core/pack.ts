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
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new ForewarnError("DATA_NOT_PACKED", { problem: "these bytes are no packed value", expected: MAGIC.trim() });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getFloat64(MAGIC.length, true);
  const start = padded(MAGIC.length + 8 + headerLength);
  const made = new Map<string, PackedArray>();
  const arrayAt = ([name, offset, length]: [keyof typeof arrayTypes, number, number]): PackedArray => {
    const id = `${name}@${offset}+${length}`;
    let array = made.get(id);
    if (array === undefined) {
      array = new arrayTypes[name](length);
      new Uint8Array(array.buffer).set(bytes.subarray(start + offset, start + offset + array.byteLength));
      made.set(id, array);
    }
    return array;
  };
  const header = new TextDecoder().decode(bytes.subarray(MAGIC.length + 8, MAGIC.length + 8 + headerLength));
  return JSON.parse(header, (_key, item) => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
    if (Object.hasOwn(item, "$number")) return Number(item.$number);
    if (Object.hasOwn(item, "$array")) return arrayAt(item.$array);
    if (!Object.keys(item).some((key) => key.startsWith("$$"))) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, member]) => [key.startsWith("$$") ? key.slice(1) : key, member]),
    );
  });
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
