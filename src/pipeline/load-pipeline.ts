/** Opens a pipeline file: imports it, checks what it exports, and fills in the environment's places. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { checkOptions } from "./check-options.ts";
import type { Pipeline } from "./define.ts";
import type { PipelineOptions, Places } from "./options.ts";
import { hashSources } from "./source-hash.ts";

export interface LoadedPipeline {
  options: PipelineOptions;
  /** Absolute paths. */
  places: Required<Places>;
  /** Hash of the pipeline file and all it imports. */
  source: string;
  /** The parameters' overrides, as given. */
  overrides: Readonly<Record<string, string>>;
  environment?: string;
}

export interface LoadOptions {
  /** Parameter overrides by name, as text. */
  set?: Readonly<Record<string, string>>;
  /** The environment whose places are used. */
  environment?: string;
  /** Places that win over the pipeline's and the environment's, relative to the working folder. */
  places?: Places;
  /** Default: the process's working folder. */
  workingFolder?: string;
}

/**
 * @throws PIPELINE_FILE_MISSING, PIPELINE_FILE_BROKEN, PIPELINE_FILE_EXPORT, PIPELINE_OPTION_UNKNOWN, USAGE_ENVIRONMENT_UNKNOWN
 */
export async function loadPipeline(file: string, load: LoadOptions = {}): Promise<LoadedPipeline> {
  const workingFolder = load.workingFolder ?? process.cwd();
  const path = resolve(workingFolder, file);
  const pipeline = await importPipeline(path, file);
  const options = pipeline.build(load.set);
  checkOptions(options, file);
  const environment = pickEnvironment(options, load.environment);
  const standard: Required<Places> = { data: ".", registry: "registry", runs: "runs", cache: ".forewarn/cache" };
  const place = (name: keyof Places): string => {
    const given = load.places?.[name];
    if (given !== undefined) return resolve(workingFolder, given);
    const written = environment[name] ?? options[name];
    return written === undefined
      ? resolve(name === "data" ? dirname(path) : workingFolder, standard[name])
      : resolve(dirname(path), written);
  };
  return {
    options,
    places: { data: place("data"), registry: place("registry"), runs: place("runs"), cache: place("cache") },
    source: await hashSources(pathToFileURL(path)),
    overrides: load.set ?? {},
    environment: load.environment,
  };
}

async function importPipeline(path: string, where: string): Promise<Pipeline> {
  if (!existsSync(path)) {
    throw new ForewarnError("PIPELINE_FILE_MISSING", {
      problem: "there is no such pipeline file",
      where,
      hint: "give the path of a .ts, .mts or .js file",
    });
  }
  let exported: unknown;
  try {
    exported = ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (cause) {
    if (cause instanceof ForewarnError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    const commonJs = /import statement outside a module|Cannot use import/.test(text);
    throw new ForewarnError("PIPELINE_FILE_BROKEN", {
      problem: "the pipeline file cannot be imported",
      found: text,
      where,
      hint: commonJs
        ? 'its folder\'s package.json says "type": "commonjs": name the file .mts, or set "type": "module"'
        : "fix the file; --debug shows where it failed",
      cause,
    });
  }
  if (typeof exported !== "object" || exported === null || (exported as Partial<Pipeline>).forewarn !== "pipeline") {
    throw new ForewarnError("PIPELINE_FILE_EXPORT", {
      problem: "the pipeline file exports no pipeline",
      expected: "export default definePipeline({ … })",
      found: exported === undefined ? "no default export" : `a default export of type ${typeof exported}`,
      where,
    });
  }
  return exported as Pipeline;
}

function pickEnvironment(options: PipelineOptions, name: string | undefined): Places {
  if (name === undefined) return {};
  const known = options.environments ?? {};
  if (Object.hasOwn(known, name)) return known[name];
  throw new ForewarnError("USAGE_ENVIRONMENT_UNKNOWN", {
    problem: "the pipeline declares no such environment",
    expected: Object.keys(known).length === 0 ? "no --env" : `one of ${Object.keys(known).join(", ")}`,
    found: name,
    where: `--env ${name}`,
    hint: didYouMean(name, Object.keys(known)),
  });
}
