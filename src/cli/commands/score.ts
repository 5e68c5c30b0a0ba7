/** `forewarn score --model name@alias`: a registered version on new files; the version is all it needs. */
import type { CommandModule } from "yargs";
import { textOption, threadCount } from "../options.ts";

interface ScoreArguments {
  model: string;
  data: string;
  registry: string;
  out: string;
  cache: string;
  "allow-outside": boolean;
  "allow-custom": boolean;
  at: string;
  threads: string;
  json: boolean;
}

export const scoreCommand: CommandModule<object, ScoreArguments> = {
  command: "score",
  describe: "Score new files with a registered version",
  builder: (argv) =>
    argv
      .option("model", textOption("name@alias, name@version, or name for the latest version", { demandOption: true }))
      .option(
        "data",
        textOption("The new files, laid out as the model's archive was: a folder, or az://account/container/path", {
          demandOption: true,
        }),
      )
      .option(
        "registry",
        textOption("The registry: a folder, a relative one in the working folder, or az://account/container/path", {
          default: "registry",
        }),
      )
      .option(
        "out",
        textOption("The Parquet file to write, a relative one in the working folder, or its az://… address", {
          default: "predictions.parquet",
        }),
      )
      .option("cache", textOption("The folder that blobs are kept in", { default: ".forewarn/cache" }))
      .option("allow-outside", {
        type: "boolean",
        default: false,
        describe: "Read also files outside of --data that the registered version names",
      })
      .option("allow-custom", {
        type: "boolean",
        default: false,
        describe: "Run code that the registered version carries for its own features",
      })
      .option(
        "at",
        textOption("The cutoffs to score: latest (each machine's last), all, or an instant", { default: "latest" }),
      )
      .option("threads", textOption("Worker threads; 0: one a processor. Never changes a result", { default: "1" }))
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" }),
  async handler(args) {
    const threads = threadCount(args.threads);
    const { scoreFiles } = await import("../../pipeline/score-files.ts");
    const { scoreTable } = await import("../score-table.ts");
    const summary = await scoreFiles({
      ...args,
      allowOutside: args["allow-outside"],
      allowCustom: args["allow-custom"],
      threads,
      now: () => new Date(),
    });
    process.stdout.write(args.json ? `${JSON.stringify(summary, null, 2)}\n` : scoreTable(summary));
  },
};
