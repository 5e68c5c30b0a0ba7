/** The compact protocol of Thrift, as far as the metadata of Parquet files needs it. https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md */

/** A value of a field. Whole numbers are never negative here. */
export type ThriftValue =
  | { i32: number }
  | { i64: number }
  | { text: string }
  | { flag: boolean }
  | { list: readonly ThriftValue[] }
  | { struct: ThriftStruct };

/** Values by field number, ascending. */
export type ThriftStruct = readonly (readonly [field: number, value: ThriftValue])[];

export function thriftBytes(struct: ThriftStruct): Uint8Array {
  const bytes: number[] = [];
  writeStruct(bytes, struct);
  return Uint8Array.from(bytes);
}

function writeStruct(bytes: number[], struct: ThriftStruct): void {
  let last = 0;
  for (const [field, value] of struct) {
    bytes.push(((field - last) << 4) | typeOf(value));
    last = field;
    // A flag lies in the type.
    if (!("flag" in value)) writeValue(bytes, value);
  }
  bytes.push(0);
}

function typeOf(value: ThriftValue): number {
  if ("flag" in value) return value.flag ? 1 : 2;
  if ("i32" in value) return 5;
  if ("i64" in value) return 6;
  if ("text" in value) return 8;
  return "list" in value ? 9 : 12;
}

function writeValue(bytes: number[], value: ThriftValue): void {
  if ("i32" in value) writeVarint(bytes, value.i32 * 2);
  else if ("i64" in value) writeVarint(bytes, value.i64 * 2);
  else if ("text" in value) {
    const text = new TextEncoder().encode(value.text);
    writeVarint(bytes, text.length);
    for (const byte of text) bytes.push(byte);
  } else if ("list" in value) {
    const { list } = value;
    const type = list.length === 0 ? 12 : typeOf(list[0]);
    bytes.push((Math.min(list.length, 15) << 4) | type);
    if (list.length >= 15) writeVarint(bytes, list.length);
    for (const one of list) writeValue(bytes, one);
  } else if ("struct" in value) writeStruct(bytes, value.struct);
}

/** Seven bits a byte, the lowest first. */
export function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
