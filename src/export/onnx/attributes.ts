/** Small makers of ONNX attributes, values and initializers. */

/** ONNX's numbers for the types of tensor elements used here. */
export const FLOAT = 1;
export const INT64 = 7;
export const BOOL = 9;
export const DOUBLE = 11;

interface Attribute {
  name: string;
  /** ONNX's number for the kind of attribute. */
  type: number;
  f?: number;
  i?: number;
  s?: Uint8Array;
  floats?: readonly number[] | Float32Array;
  ints?: readonly number[];
  strings?: readonly Uint8Array[];
}

export interface Node {
  opType: string;
  input: readonly string[];
  output: readonly string[];
  name: string;
  /** Default: ONNX's standard operators. */
  domain?: string;
  attribute?: readonly Attribute[];
}

/** A part of a graph. */
export interface Graph {
  nodes: readonly Node[];
  initializers: readonly Initializer[];
}

/** A tensor that is part of the model. */
export interface Initializer {
  name: string;
  /** Empty for a scalar. */
  dims: readonly number[];
  dataType: number;
  floatData?: readonly number[];
  int64Data?: readonly number[];
  doubleData?: readonly number[];
}

/** A node that is named after its one output. */
export function node(
  opType: string,
  input: readonly string[],
  output: string,
  attribute: Node["attribute"] = [],
): Node {
  return { opType, input, output: [output], name: output, attribute };
}

export function float(name: string, value: number): Attribute {
  return { name, type: 1, f: value };
}

export function int(name: string, value: number): Attribute {
  return { name, type: 2, i: value };
}

export function text(name: string, value: string): Attribute {
  return { name, type: 3, s: encode(value) };
}

export function floats(name: string, values: readonly number[] | Float32Array): Attribute {
  return { name, type: 6, floats: values };
}

export function ints(name: string, values: readonly number[]): Attribute {
  return { name, type: 7, ints: values };
}

export function texts(name: string, values: readonly string[]): Attribute {
  return { name, type: 8, strings: values.map(encode) };
}

function encode(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
