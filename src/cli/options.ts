/** How options with a value are read: given twice the last wins, and a number that is none says what is expected. */
import { availableParallelism } from "node:os";
import { ForewarnError } from "../core/errors.ts";

/** An option whose value is a text, also one that is read as a number by `wholeNumber`. */
export function textOption<const More extends object>(describe: string, more: More = {} as More) {
  return { type: "string", requiresArg: true, describe, coerce: last, ...more } as const;
}

/** @throws for an empty text, which a shell makes of a variable that is not set and a folder takes for itself */
function last(value: string | readonly string[]): string {
  const text: string = typeof value === "string" || !Array.isArray(value) ? (value as string) : value[value.length - 1];
  if (text !== "") return text;
  throw new Error("an option has an empty value: is a variable of the shell not set?");
}

export interface WholeNumberOptions {
  /** The option's name, without its dashes. */
  option: string;
  /** The least value. */
  least: number;
  /** The largest value. */
  most: number;
}

/** The number that an option's text says. @throws USAGE_NUMBER */
export function wholeNumber(text: string, { option, least, most }: WholeNumberOptions): number {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const ceiling = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
  throw new ForewarnError("USAGE_NUMBER", {
    problem: "an option needs a number",
    expected: `a whole number from ${least}${ceiling}`,
    found: JSON.stringify(text),
    where: `--${option}`,
  });
}

/** How many worker threads `--threads` asks for; 0 is one a processor. @throws USAGE_NUMBER */
export function threadCount(text: string): number {
  const threads = wholeNumber(text, { option: "threads", least: 0, most: 1024 });
  return threads === 0 ? availableParallelism() : threads;
}
