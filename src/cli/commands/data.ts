/** `forewarn data check|infer`: how healthy an archive is, and what a pipeline for it could look like. */
import type { CommandModule } from "yargs";
import { textOption } from "../options.ts";

interface DataArguments {
  action: string;
  place: string;
  data?: string;
  env?: string;
  out?: string;
  force: boolean;
  json: boolean;
}

export const dataCommand: CommandModule<object, DataArguments> = {
  command: "data <action> <place>",
  describe: "check: report the health of an archive; infer: propose a contract and a pipeline for a folder of files",
  builder: (argv) =>
    argv
      .positional("action", { type: "string", demandOption: true, describe: "check or infer" })
      .positional("place", {
        type: "string",
        demandOption: true,
        describe: "check: a pipeline file, or a folder of files; infer: a folder of files",
      })
      .option("data", textOption("check: the archive's folder. Default: the pipeline's"))
      .option("env", textOption("check: the environment of the pipeline whose folders are used. Default: none"))
      .option("out", textOption("infer: the pipeline file to write. Default: the text goes to stdout"))
      .option("force", { type: "boolean", default: false, describe: "infer: replace the file that --out names" })
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" }),
  async handler(args) {
    const { dataAction } = await import("../data-action.ts");
    const width = Math.max(40, Math.min(160, process.stdout.columns ?? 100));
    const { text, advice, ok } = await dataAction(args, { now: Date.now(), width, workingFolder: process.cwd() });
    process.stdout.write(text);
    if (advice !== undefined) process.stderr.write(advice);
    if (!ok) process.exitCode = 3;
  },
};
