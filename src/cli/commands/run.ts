/** `forewarn run <pipeline>`: the main job, from an archive to a registered model and a report. */
import type { CommandModule } from "yargs";
import { textOption, threadCount } from "../options.ts";
import { type PipelineArguments, pipelineArguments, toLoadOptions } from "../pipeline-arguments.ts";

interface RunArguments extends PipelineArguments {
  json: boolean;
  quiet: boolean;
  threads: string;
  "keep-matrix": boolean;
  "allow-custom": boolean;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: "run <pipeline>",
  describe: "Train, evaluate, report and publish after a pipeline file",
  builder: (argv) =>
    pipelineArguments(argv)
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" })
      .option("quiet", { type: "boolean", default: false, describe: "Print no progress" })
      .option("keep-matrix", {
        type: "boolean",
        default: false,
        describe: "Keep features and labels of all rows as matrix.parquet in the run folder",
      })
      .option("allow-custom", {
        type: "boolean",
        default: false,
        describe: "Run also other code than the pipeline's own that the version to compare with carries",
      })
      .option("threads", textOption("Worker threads; 0: one a processor. Never changes a result", { default: "0" })),
  async handler(args) {
    const interrupt = new AbortController();
    const abort = () => interrupt.abort();
    process.once("SIGINT", abort);
    process.once("SIGTERM", abort);
    const { loadPipeline } = await import("../../pipeline/load-pipeline.ts");
    const { runPipeline } = await import("../../pipeline/run.ts");
    const { progressBar } = await import("../progress-bar.ts");
    const { resultTable } = await import("../result-table.ts");
    const { failedRun } = await import("../failed-run.ts");
    const bar = progressBar(process.stderr, () => performance.now(), args.quiet);
    let run: string | null = null;
    try {
      const threads = threadCount(args.threads);
      const pipeline = await loadPipeline(args.pipeline, toLoadOptions(args));
      const result = await runPipeline(pipeline, {
        threads,
        signal: interrupt.signal,
        keepMatrix: args["keep-matrix"],
        allowCustom: args["allow-custom"],
        watcher: bar,
        onStart: (id) => {
          run = id;
        },
        now: () => new Date(),
      });
      process.stdout.write(
        args.json ? `${JSON.stringify(result, null, 2)}\n` : resultTable(result, pipeline.options.time ?? "timestamp"),
      );
      if (result.status === "refused") process.exitCode = 4;
    } catch (error) {
      bar.stop();
      if (args.json) process.stdout.write(`${JSON.stringify(failedRun(run, error), null, 2)}\n`);
      throw error;
    } finally {
      process.off("SIGINT", abort);
      process.off("SIGTERM", abort);
    }
  },
};
