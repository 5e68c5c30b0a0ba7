/** `forewarn check <pipeline>`: tries on the pipeline's own data whether anything knows what it cannot know. */
import type { CommandModule } from "yargs";
import { textOption, threadCount, wholeNumber } from "../options.ts";
import { type PipelineArguments, pipelineArguments, toLoadOptions } from "../pipeline-arguments.ts";

interface CheckArguments extends PipelineArguments {
  trials: string;
  seed: string;
  threads: string;
  json: boolean;
  quiet: boolean;
}

export const checkCommand: CommandModule<object, CheckArguments> = {
  command: "check <pipeline>",
  describe: "Look for leaks: does a feature, a split or a fit know what it cannot know?",
  builder: (argv) =>
    pipelineArguments(argv)
      .option("trials", textOption("How many instants the features are tried at", { default: "100" }))
      .option("seed", textOption("Decides the instants and what is changed", { default: "0" }))
      .option("threads", textOption("Worker threads; 0: one a processor. Never changes a result", { default: "0" }))
      .option("json", { type: "boolean", default: false, describe: "Print one JSON document to stdout" })
      .option("quiet", { type: "boolean", default: false, describe: "Print no progress" }),
  async handler(args) {
    const trials = wholeNumber(args.trials, { option: "trials", least: 1, most: 1_000_000 });
    const seed = wholeNumber(args.seed, { option: "seed", least: 0, most: Number.MAX_SAFE_INTEGER });
    const threads = threadCount(args.threads);
    const interrupt = new AbortController();
    const abort = () => interrupt.abort();
    process.once("SIGINT", abort);
    process.once("SIGTERM", abort);
    const { loadPipeline } = await import("../../pipeline/load-pipeline.ts");
    const { checkPipeline } = await import("../../check/check-pipeline.ts");
    const { leakError } = await import("../../check/leak-error.ts");
    const { reportJson } = await import("../../check/report-json.ts");
    const { reportText } = await import("../../check/report-text.ts");
    const { progressBar } = await import("../progress-bar.ts");
    const bar = progressBar(process.stderr, () => performance.now(), args.quiet);
    try {
      const pipeline = await loadPipeline(args.pipeline, toLoadOptions(args));
      const report = await checkPipeline(pipeline, { trials, seed, threads, signal: interrupt.signal, watcher: bar });
      process.stdout.write(args.json ? reportJson(report) : reportText(report));
      if (report.leaks.length > 0) throw leakError(report.leaks);
    } catch (error) {
      bar.stop();
      throw error;
    } finally {
      process.off("SIGINT", abort);
      process.off("SIGTERM", abort);
    }
  },
};
