/** `forewarn plan <pipeline>`: what a run would compute, without training anything. */
import type { CommandModule } from "yargs";
import { type PipelineArguments, pipelineArguments, toLoadOptions } from "../pipeline-arguments.ts";

export const planCommand: CommandModule<object, PipelineArguments & { json: boolean }> = {
  command: "plan <pipeline>",
  describe: "Show the files, columns, rows and folds of a pipeline without training",
  builder: (argv) =>
    pipelineArguments(argv).option("json", {
      type: "boolean",
      default: false,
      describe: "Print one JSON document to stdout",
    }),
  async handler(args) {
    const { loadPipeline } = await import("../../pipeline/load-pipeline.ts");
    const { describePlan } = await import("../../pipeline/describe-plan.ts");
    const { planText } = await import("../plan-text.ts");
    const plan = await describePlan(await loadPipeline(args.pipeline, toLoadOptions(args)));
    process.stdout.write(args.json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan));
  },
};
