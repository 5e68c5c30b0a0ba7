/** `forewarn score --model name@alias`: a registered version on new files; the version is all it needs. */
import type { CommandModule } from "yargs";

interface ScoreArguments {
  model: string;
  data: string;
  registry: string;
  out: string;
  at: string;
  threads: number;
  json: boolean;
}

export const scoreCommand: CommandModule<object, ScoreArguments> = {
  command: "score",
  describe: "Score new files with a registered version",
  builder: (argv) =>
    argv
      .option("model", {
        type: "string",
        demandOption: true,
        describe: "name@alias, name@version, or name for the latest version",
      })
      .option("data", {
        type: "string",
        demandOption: true,
        describe: "The folder of the new files, laid out as the model's archive was",
      })
      .option("registry", { type: "string", default: "registry", describe: "The registry folder" })
      .option("out", { type: "string", default: "predictions.parquet", describe: "The Parquet file to write" })
      .option("at", {
        type: "string",
        default: "latest",
        describe: "The cutoffs to score: latest (each machine's last), all, or an instant",
      })
      .option("threads", { type: "number", default: 1, describe: "Worker threads; never changes a result" })
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" }),
  async handler(args) {
    const { scoreFiles } = await import("../../pipeline/score-files.ts");
    const { scoreTable } = await import("../score-table.ts");
    const summary = await scoreFiles({ ...args, now: () => new Date() });
    process.stdout.write(args.json ? `${JSON.stringify(summary, null, 2)}\n` : scoreTable(summary));
  },
};
