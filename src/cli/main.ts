/** The command line: one file a command, whose work is loaded only when it is called; help loads this folder and yargs alone. */
import yargs, { type CommandModule } from "yargs";
import { packageVersion } from "../core/package-version.ts";
import { checkCommand } from "./commands/check.ts";
import { dataCommand } from "./commands/data.ts";
import { initCommand } from "./commands/init.ts";
import { planCommand } from "./commands/plan.ts";
import { registryCommand } from "./commands/registry.ts";
import { runCommand } from "./commands/run.ts";
import { scoreCommand } from "./commands/score.ts";
import { simulateCommand } from "./commands/simulate.ts";

const commands = [
  initCommand,
  runCommand,
  planCommand,
  checkCommand,
  dataCommand,
  scoreCommand,
  registryCommand,
  simulateCommand,
] as CommandModule[];

/** Runs one command; sets the process's exit code: 0 done, 1 a bug, 2 usage, 3 data, 4 a gate, 5 a service, 130 interrupted. */
export async function main(args: readonly string[]): Promise<void> {
  const debug = args.includes("--debug");
  guardOutput(debug);
  if (args.every((argument) => argument === "--debug")) {
    process.stderr.write(`${await parserOf([]).getHelp()}\n`);
    process.exitCode = 2;
    return;
  }
  let complaint: string | undefined;
  const parser = parserOf(args).fail((message, error) => {
    complaint = message;
    throw error ?? new Error(message);
  });
  try {
    await parser.parseAsync();
  } catch (error) {
    const { printError } = await import("./print-error.ts");
    const wrong = complaint ? await explain(complaint, args) : error;
    process.exitCode = printError(wrong, debug);
  }
}

/** A reader that goes away ends no run: progress that nobody reads is dropped, and a result that cannot be written is one clear error. */
function guardOutput(debug: boolean): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", async (cause: NodeJS.ErrnoException) => {
    if (cause.code === "EPIPE") return;
    const { printError } = await import("./print-error.ts");
    const { storeError } = await import("../stores/atomic-file.ts");
    process.exitCode = printError(storeError(cause, "standard output"), debug);
  });
}

function parserOf(args: readonly string[]) {
  const parser = yargs([...args])
    .scriptName("forewarn")
    .usage(
      "$0 <command>\n\nFrom archived telemetry and maintenance records to models that say which machine will fail, when, and how sure that is.",
    )
    .option("debug", { type: "boolean", default: false, describe: "Show the stack of an error", global: true })
    .version(packageVersion())
    .demandCommand(1, "a command is missing")
    .strict()
    // What the parser says is read by `usageError`, so it speaks one language.
    .locale("en")
    .parserConfiguration({ "boolean-negation": false, "camel-case-expansion": false })
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false);
  for (const command of commands) parser.command(command);
  return parser;
}

async function explain(complaint: string, args: readonly string[]) {
  const signatures = commands.map(({ command }) => String(command));
  const names = signatures.map((signature) => signature.split(" ")[0]);
  const called = names.indexOf(args.find((argument) => !argument.startsWith("-")) ?? "");
  const help = called === -1 ? "" : await parserOf([names[called]]).getHelp();
  const { usageError } = await import("./usage-error.ts");
  const options = [...help.matchAll(/^ +(?:-\w, )?--([a-z][a-z-]*)/gm)].map(([, option]) => option);
  return usageError(complaint, args, { commands: names, signature: signatures[called], options });
}
