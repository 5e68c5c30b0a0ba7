/** An error as a person reads it: three lines on stderr, and the exit code that goes with it. */
import { inspect } from "node:util";
import { ForewarnError } from "../core/errors.ts";
import { plainText } from "../core/plain-text.ts";
import { fileSystemError } from "../stores/atomic-file.ts";

/** An error as one of ours, where it is one or a disk's; undefined for a bug. */
export function knownError(error: unknown): ForewarnError | undefined {
  return error instanceof ForewarnError ? error : fileSystemError(error);
}

/** Prints code and problem, where, hint; the stack only with `--debug` or for a bug of ours. Returns the exit code. */
export function printError(error: unknown, debug: boolean): number {
  const known = knownError(error);
  if (known !== undefined) {
    const { problem, expected, found, where, hint } = known.details;
    const but = [
      expected === undefined ? "" : `expected ${expected}`,
      found === undefined ? "" : `found ${found}`,
    ].filter((text) => text !== "");
    console.error(`${known.code}: ${problem}${but.length === 0 ? "" : `; ${but.join(", ")}`}`);
    if (where !== undefined) console.error(`  in ${where}`);
    if (hint !== undefined) console.error(`  hint: ${hint}`);
  } else {
    console.error(`BUG: ${plainText(error instanceof Error ? error.message : String(error), LONGEST)}`);
    console.error("  this should not happen; please report it with the output of --debug");
  }
  if (debug && error instanceof Error) console.error(plainLines(inspect(error)));
  return known?.exitCode ?? 1;
}

/** What is shown of a message that is not one of ours. */
const LONGEST = 2_000;

/** A stack keeps its lines; what a file put into them is shown as it is written. */
function plainLines(text: string): string {
  return text
    .split("\n")
    .map((line) => plainText(line, LONGEST))
    .join("\n");
}
