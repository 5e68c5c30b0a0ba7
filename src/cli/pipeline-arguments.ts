/** The arguments that every command on a pipeline file shares. */
import type { Argv } from "yargs";
import { ForewarnError } from "../core/errors.ts";
import type { LoadOptions } from "../pipeline/load-pipeline.ts";
import { textOption } from "./options.ts";

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
    .option("env", textOption("The environment of the pipeline whose folders are used. Default: none"))
    .option("set", {
      type: "string",
      array: true,
      default: [] as string[],
      nargs: 1,
      describe: "Override a declared parameter: --set name=value",
    })
    .option(
      "data",
      textOption(
        "The archive's folder, or az://account/container/path. Default: the pipeline's `data`, else the pipeline file's own folder",
      ),
    )
    .option(
      "registry",
      textOption("The registry, a folder or az://…. Default: the pipeline's, else registry in the working folder"),
    )
    .option(
      "runs",
      textOption("The folder of run folders, or az://…. Default: the pipeline's, else runs in the working folder"),
    )
    .option(
      "cache",
      textOption(
        "The local folder of stage results and of fetched blobs. Default: the pipeline's, else .forewarn/cache in the working folder",
      ),
    );
}

/** The arguments as options of `loadPipeline`. @throws USAGE_SET when a `--set` is not `name=value`. */
export function toLoadOptions(args: PipelineArguments): LoadOptions {
  const set: Record<string, string> = Object.create(null);
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
