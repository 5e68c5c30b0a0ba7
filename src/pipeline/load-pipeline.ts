/** Opens a pipeline file: imports it, checks what it exports, and fills in the environment's places. */
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { bundleFeatures } from "../features/custom/bundle-features.ts";
import { checkedPlace, isRemote } from "../stores/place.ts";
import { checkOptions } from "./check-options.ts";
import { buildOptions, importPipeline } from "./import-pipeline.ts";
import type { PipelineOptions, Places } from "./options.ts";
import { hashSources } from "./source-hash.ts";

export interface LoadedPipeline {
  options: PipelineOptions;
  /** Absolute paths, or addresses of blob storage; the cache is always a path. */
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
 * @throws PIPELINE_FILE_MISSING, PIPELINE_FILE_BROKEN, PIPELINE_FILE_EXPORT, PIPELINE_OPTION_UNKNOWN, USAGE_ENVIRONMENT_UNKNOWN,
 * PIPELINE_CUSTOM_*, USAGE_STORE_PLACE, USAGE_STORE_SECRET, USAGE_CACHE_REMOTE
 */
export async function loadPipeline(file: string, load: LoadOptions = {}): Promise<LoadedPipeline> {
  const workingFolder = load.workingFolder ?? process.cwd();
  const path = resolve(workingFolder, file);
  const named = { path, file, workingFolder };
  const pipeline = await importPipeline(named);
  const built = await buildOptions(pipeline, load.set, named);
  checkOptions(built, file);
  const options = { ...built, features: bundleFeatures(built.features, dirname(path)) };
  const environment = pickEnvironment(options, load.environment);
  const standard: Required<Places> = { data: ".", registry: "registry", runs: "runs", cache: ".forewarn/cache" };
  const place = (name: keyof Places): string => {
    const given = load.places?.[name];
    if (given !== undefined) return checkedPlace(workingFolder, given);
    const written = environment[name] ?? options[name];
    return written === undefined
      ? resolve(name === "data" ? dirname(path) : workingFolder, standard[name])
      : checkedPlace(dirname(path), written);
  };
  const places = { data: place("data"), registry: place("registry"), runs: place("runs"), cache: place("cache") };
  if (isRemote(places.cache)) throw remoteCache(places.cache);
  return {
    options,
    places,
    source: await hashSources(pathToFileURL(path)),
    overrides: load.set ?? {},
    environment: load.environment,
  };
}

function remoteCache(found: string): ForewarnError {
  return new ForewarnError("USAGE_CACHE_REMOTE", {
    problem: "the cache of stage results cannot be in blob storage",
    expected: "a folder on a local disk",
    found,
    hint: "name a local folder with --cache, or with `cache` in the pipeline",
  });
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
