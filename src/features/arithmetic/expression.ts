/** Arithmetic over the columns of features as plain data: columns by name, numbers, and operations that nest. */
import { log1p } from "./log1p.ts";

/** A column's name, a number, or an operation: `{ minus: ["volt_mean_3h", "volt_mean_1d"] }`. */
export type Expression = string | number | Operation;

export type OperationName = keyof typeof operations;

/** One operation with its operands. */
export type Operation = {
  readonly [Name in OperationName]: { readonly [Key in Name]: readonly Expression[] };
}[OperationName];

interface OperationRule {
  /** How many operands it takes. */
  least: number;
  most: number;
  /** What it gives where every operand is known; what is not finite then becomes missing. Absent for `coalesce`, which looks at missing ones too. */
  of?: (a: number, b: number) => number;
}

/** The operands of one operation, and the operations inside each other. */
const MOST_OPERANDS = 16;
export const DEEPEST = 16;
/** The columns, numbers and operations of one expression. */
export const MOST_PARTS = 256;

/** Operations with several operands go from the left: plus("a", "b", "c") is (a + b) + c. */
export const operations = {
  plus: { least: 2, most: MOST_OPERANDS, of: (a, b) => a + b },
  minus: { least: 2, most: 2, of: (a, b) => a - b },
  times: { least: 2, most: MOST_OPERANDS, of: (a, b) => a * b },
  over: { least: 2, most: 2, of: (a, b) => a / b },
  minimum: { least: 2, most: MOST_OPERANDS, of: (a, b) => Math.min(a, b) },
  maximum: { least: 2, most: MOST_OPERANDS, of: (a, b) => Math.max(a, b) },
  absolute: { least: 1, most: 1, of: (a) => Math.abs(a) },
  squareRoot: { least: 1, most: 1, of: (a) => Math.sqrt(a) },
  log1p: { least: 1, most: 1, of: (a) => log1p(a) },
  coalesce: { least: 2, most: MOST_OPERANDS },
} as const satisfies Record<string, OperationRule>;

/** The operation of a node with its operands. */
export function operationOf(node: Operation): {
  name: OperationName;
  rule: OperationRule;
  operands: readonly Expression[];
} {
  const [[name, operands]] = Object.entries(node) as [[OperationName, readonly Expression[]]];
  return { name, rule: operations[name], operands };
}

/** The columns that an expression reads: each once, in the order in which they stand in it. */
export function columnsOf(expression: Expression): string[] {
  const found = new Set<string>();
  const collect = (part: Expression): void => {
    if (typeof part === "string") found.add(part);
    else if (typeof part === "object") operationOf(part).operands.forEach(collect);
  };
  collect(expression);
  return [...found];
}
