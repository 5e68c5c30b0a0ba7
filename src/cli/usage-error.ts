/** What the argument parser complains of, in the words of whoever typed the command. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";

export interface KnownUsage {
  /** The names of all commands. */
  commands: readonly string[];
  /** The command that was called, as its help writes it ("run <pipeline>"); undefined where there is no such command. */
  signature?: string;
  /** The options of that command, without their dashes. */
  options: readonly string[];
}

/** An error for the parser's message about these arguments. */
export function usageError(message: string, args: readonly string[], known: KnownUsage): ForewarnError {
  const { commands, signature, options } = known;
  const command = signature?.split(" ")[0];
  const help = `forewarn ${command === undefined ? "" : `${command} `}--help tells what there is`;
  const usage = signature === undefined ? "forewarn <command>" : `forewarn ${signature}`;
  const [, unknown] = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message) ?? [];
  if (command === undefined) {
    const found = args.find((argument) => !argument.startsWith("-"));
    const problem = found === undefined ? "a command is missing" : "there is no such command";
    const hint = found === undefined ? undefined : didYouMean(found, commands);
    return new ForewarnError("USAGE_COMMAND", { problem, expected: usage, found, hint: joined(hint, help) });
  }
  if (unknown !== undefined) {
    const option = args.find(
      (argument) => argument.replace(/=.*/s, "").replace(/^--?/, "") === unknown && argument.startsWith("-"),
    );
    if (option === undefined) {
      const problem = `\`${command}\` takes no such argument`;
      return new ForewarnError("USAGE_ARGUMENT", { problem, expected: usage, found: unknown, hint: help });
    }
    const near = didYouMean(unknown, options)?.replace(/`(.*)`/, "`--$1`");
    const hint = joined(near?.startsWith("did") ? near : undefined, help);
    return new ForewarnError("USAGE_OPTION", {
      problem: `\`${command}\` has no such option`,
      found: option.replace(/=.*/s, ""),
      hint,
    });
  }
  const [, missing] = /^Missing required arguments?: (.*)/.exec(message) ?? [];
  const [, valueless] = /^Not enough arguments following: (.*)/.exec(message) ?? [];
  const problem =
    missing !== undefined
      ? `\`${command}\` needs ${missing
          .split(", ")
          .map((name) => `--${name}`)
          .join(" and ")}`
      : valueless !== undefined
        ? `--${valueless} needs a value`
        : /^Not enough non-option arguments/.test(message)
          ? "an argument is missing"
          : message;
  return new ForewarnError("USAGE_ARGUMENT", {
    problem,
    expected: missing === undefined ? usage : undefined,
    hint: help,
  });
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}
