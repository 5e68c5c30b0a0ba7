/** An error as a person reads it: three lines on stderr, and the exit code that goes with it. */
import { ForewarnError } from "../core/errors.ts";

/** Prints code and problem, where, hint; the stack only with `--debug` or for a bug of ours. Returns the exit code. */
export function printError(error: unknown, debug: boolean): number {
  const known = error instanceof ForewarnError;
  if (known) {
    const { problem, expected, found, where, hint } = error.details;
    const but = [
      expected === undefined ? "" : `expected ${expected}`,
      found === undefined ? "" : `found ${found}`,
    ].filter((text) => text !== "");
    console.error(`${error.code}: ${problem}${but.length === 0 ? "" : `; ${but.join(", ")}`}`);
    if (where !== undefined) console.error(`  in ${where}`);
    if (hint !== undefined) console.error(`  hint: ${hint}`);
  } else {
    console.error(`BUG: ${error instanceof Error ? error.message : String(error)}`);
    console.error("  this should not happen; please report it with the output of --debug");
  }
  if (debug && error instanceof Error) console.error(error.stack, error.cause ?? "");
  return known ? error.exitCode : 1;
}
