/** The arguments that every command on a pipeline file shares. */
import type { Argv } from "yargs";
import { ForewarnError } from "../core/errors.ts";
import type { LoadOptions } from "../pipeline/load-pipeline.ts";

export interface PipelineArguments {
  pipeline: string;
  env?: string;
  set: string[];
  data?: string;
  registry?: string;
  runs?: string;
  cache?: string;
}

export function pipelineArguments<T>(argv: Argv<T>): Argv<T & PipelineArguments> {
  return argv
    .positional("pipeline", { type: "string", demandOption: true, describe: "The pipeline file" })
    .option("env", { type: "string", describe: "The environment whose folders are used" })
    .option("set", {
      type: "string",
      array: true,
      default: [] as string[],
      nargs: 1,
      describe: "Override a declared parameter: --set name=value",
    })
    .option("data", { type: "string", describe: "The archive's folder, instead of the pipeline's" })
    .option("registry", { type: "string", describe: "The registry folder, instead of the pipeline's" })
    .option("runs", { type: "string", describe: "The folder of run folders, instead of the pipeline's" })
    .option("cache", { type: "string", describe: "The folder of stage results, instead of the pipeline's" });
}

/** The arguments as options of `loadPipeline`. @throws USAGE_SET when a `--set` is not `name=value`. */
export function toLoadOptions(args: PipelineArguments): LoadOptions {
  const set: Record<string, string> = {};
  for (const text of args.set) {
    const at = text.indexOf("=");
    if (at < 1)
      throw new ForewarnError("USAGE_SET", {
        problem: "a parameter cannot be read",
        expected: "--set name=value",
        found: text,
      });
    set[text.slice(0, at)] = text.slice(at + 1);
  }
  const { data, registry, runs, cache } = args;
  return { set, environment: args.env, places: { data, registry, runs, cache } };
}
