/** `forewarn init <folder>`: a new project whose pipeline runs at once, on simulated data or on a folder of files. */
import type { CommandModule } from "yargs";
import { textOption, wholeNumber } from "../options.ts";

interface InitArguments {
  folder: string;
  data?: string;
  seed: string;
  json: boolean;
}

export const initCommand: CommandModule<object, InitArguments> = {
  command: "init <folder>",
  describe: "Write a new project: a commented pipeline that runs at once, on simulated data or on your files",
  builder: (argv) =>
    argv
      .positional("folder", {
        type: "string",
        demandOption: true,
        describe: "The folder to make; it must not hold files",
      })
      .option("data", textOption("A folder of files to infer the pipeline from. Default: a small simulated fleet"))
      .option("seed", textOption("The seed of the simulated fleet", { default: "1" }))
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" }),
  async handler({ folder, data, json, ...numbers }) {
    const seed = wholeNumber(numbers.seed, { option: "seed", least: 0, most: Number.MAX_SAFE_INTEGER });
    const { initProject } = await import("../init-project.ts");
    const { initText } = await import("../init-text.ts");
    const project = await initProject({ folder, data, seed, now: Date.now() });
    process.stdout.write(json ? `${JSON.stringify(project, null, 2)}\n` : initText(project, process.cwd()));
    if (project.problems.length > 0) process.exitCode = 3;
  },
};
