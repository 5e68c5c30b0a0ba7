/** Turns an expression into a function of a row. */
import { type Expression, operationOf } from "./expression.ts";

/** The value of the expression in a row: float64, from float32 columns; missing is NaN, and no operation gives an infinite one. */
export function compileExpression(
  expression: Expression,
  column: (name: string) => Float32Array,
): (row: number) => number {
  if (typeof expression === "number") return () => expression;
  if (typeof expression === "string") {
    const values = column(expression);
    return (row) => values[row];
  }
  const { rule, operands } = operationOf(expression);
  const each = operands.map((operand) => compileExpression(operand, column));
  const { of } = rule;
  if (of === undefined) return coalesce(each);
  const [first, second] = each;
  if (each.length === 1) return (row) => known(of(first(row), 0));
  if (each.length === 2) return (row) => known(of(first(row), second(row)));
  return (row) => each.map((operand) => operand(row)).reduce((a, b) => known(of(a, b)));
}

function coalesce(each: readonly ((row: number) => number)[]): (row: number) => number {
  return (row) => {
    for (const operand of each) {
      const value = operand(row);
      if (Number.isFinite(value)) return value;
    }
    return Number.NaN;
  };
}

function known(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
