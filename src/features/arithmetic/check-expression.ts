/** Checks an expression that may have been written by hand or read from a file: its operations, its operands, its size. */
import { shownJson } from "../../core/json.ts";
import { didYouMean } from "../../core/suggest.ts";
import { DEEPEST, MOST_PARTS, operations } from "./expression.ts";

/** What is wrong with it, in one sentence; undefined for an expression that can be computed. */
export function expressionProblem(expression: unknown): string | undefined {
  let parts = 0;
  let columns = 0;
  return problemOf(expression, 1) ?? (columns === 0 ? "an expression reads at least one column" : undefined);

  function problemOf(part: unknown, depth: number): string | undefined {
    parts++;
    if (parts > MOST_PARTS) return `an expression holds at most ${MOST_PARTS} columns, numbers and operations`;
    if (depth > DEEPEST) return `operations stand inside each other at most ${DEEPEST} deep`;
    if (typeof part === "string") columns++;
    if (typeof part === "string") return part === "" ? "a column has no name" : undefined;
    if (typeof part === "number") return Number.isFinite(part) ? undefined : "a number is not finite";
    if (typeof part !== "object" || part === null || Array.isArray(part))
      return `expected a column's name, a number or an operation, found ${shownJson(part)}`;
    const names = Object.keys(part);
    if (names.length !== 1) return `an operation has one name, found ${names.length}`;
    if (!Object.hasOwn(operations, names[0]))
      return `there is no operation \`${names[0]}\`; ${didYouMean(names[0], Object.keys(operations))}`;
    const name = names[0] as keyof typeof operations;
    const operands: unknown = (part as Record<string, unknown>)[name];
    const { least, most } = operations[name];
    if (!Array.isArray(operands)) return `\`${name}\` takes a list of operands`;
    if (operands.length < least || operands.length > most) {
      const wanted = least === most ? `${least}` : `${least} to ${most}`;
      return `\`${name}\` takes operands: ${wanted}, found ${operands.length}`;
    }
    for (const operand of operands) {
      const problem = problemOf(operand, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}
