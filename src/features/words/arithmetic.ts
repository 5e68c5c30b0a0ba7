/** The operations of `derive`: small functions that give plain data. Operands are column names, numbers or operations. */
import type { Expression, Operation } from "../arithmetic/expression.ts";

/** a + b + … */
export function plus(...of: readonly Expression[]): Operation {
  return { plus: of };
}

/** a - b */
export function minus(a: Expression, b: Expression): Operation {
  return { minus: [a, b] };
}

/** a * b * … */
export function times(...of: readonly Expression[]): Operation {
  return { times: of };
}

/** a / b; missing where b is 0. */
export function over(a: Expression, b: Expression): Operation {
  return { over: [a, b] };
}

/** The smallest of the operands; missing where any of them is. */
export function minimum(...of: readonly Expression[]): Operation {
  return { minimum: of };
}

/** The largest of the operands; missing where any of them is. */
export function maximum(...of: readonly Expression[]): Operation {
  return { maximum: of };
}

/** |a| */
export function absolute(a: Expression): Operation {
  return { absolute: [a] };
}

/** The square root of a; missing where a is negative. */
export function squareRoot(a: Expression): Operation {
  return { squareRoot: [a] };
}

/** The natural logarithm of 1 + a, for counts and other skewed columns; missing where a is -1 or less. */
export function log1p(a: Expression): Operation {
  return { log1p: [a] };
}

/** The first operand that is not missing: coalesce("errors_any_timeSince", 1_000). */
export function coalesce(...of: readonly Expression[]): Operation {
  return { coalesce: of };
}
