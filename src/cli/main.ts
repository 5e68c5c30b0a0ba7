/** The command line: one file a command, loaded only when it is called. */
import yargs, { type CommandModule } from "yargs";
import { ForewarnError } from "../core/errors.ts";
import { codeVersion } from "../core/version.ts";
import { planCommand } from "./commands/plan.ts";
import { registryCommand } from "./commands/registry.ts";
import { runCommand } from "./commands/run.ts";
import { scoreCommand } from "./commands/score.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { printError } from "./print-error.ts";

const commands = [runCommand, planCommand, scoreCommand, registryCommand, simulateCommand];

/** Runs one command; sets the process's exit code: 0 done, 1 a bug, 2 usage, 3 data, 4 a gate, 5 a service, 130 interrupted. */
export async function main(args: readonly string[]): Promise<void> {
  const debug = args.includes("--debug");
  const parser = yargs([...args])
    .scriptName("forewarn")
    .usage(
      "$0 <command>\n\nFrom archived telemetry and maintenance records to models that say which machine will fail, when, and how sure that is.",
    )
    .option("debug", { type: "boolean", default: false, describe: "Show the stack of an error", global: true })
    .version(codeVersion().version)
    .demandCommand(1, "name a command; --help lists them")
    .strict()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false)
    .fail((message, error) => {
      throw (
        error ??
        new ForewarnError("USAGE_COMMAND", { problem: message, hint: "forewarn --help lists commands and options" })
      );
    });
  for (const command of commands) parser.command(command as CommandModule);
  try {
    await parser.parseAsync();
  } catch (error) {
    process.exitCode = printError(error, debug);
  }
}
