/** Imports a pipeline file and builds its options; what goes wrong in it is told with its line. */
import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ForewarnError } from "../core/errors.ts";
import { badValue } from "./check-shape.ts";
import type { Pipeline } from "./define.ts";
import { errorPlace } from "./error-place.ts";
import type { PipelineOptions } from "./options.ts";

export interface PipelineFile {
  /** Absolute. */
  path: string;
  /** As it was named, for messages. */
  file: string;
  /** What places in messages are relative to. */
  workingFolder: string;
}

/** The pipeline that a file exports. @throws PIPELINE_FILE_MISSING, PIPELINE_FILE_BROKEN, PIPELINE_FILE_EXPORT */
export async function importPipeline(named: PipelineFile): Promise<Pipeline> {
  const { path, file: where } = named;
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info?.isFile()) {
    throw new ForewarnError("PIPELINE_FILE_MISSING", {
      problem: "there is no such pipeline file",
      found: info?.isDirectory() ? "a folder" : undefined,
      where,
      hint: "give the path of a .ts, .mts or .js file",
    });
  }
  let exported: unknown;
  try {
    exported = ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
  } catch (cause) {
    throw await broken(cause, named);
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

/** The options of an imported pipeline. @throws PIPELINE_FILE_BROKEN, USAGE_PARAMETER_* */
export async function buildOptions(
  pipeline: Pipeline,
  overrides: Readonly<Record<string, string>> | undefined,
  named: PipelineFile,
): Promise<PipelineOptions> {
  let options: PipelineOptions;
  try {
    options = pipeline.build(overrides);
  } catch (cause) {
    throw await broken(cause, named);
  }
  if (!(options instanceof Promise)) return options;
  const hint = "its function may not be async; a file may wait with a top-level await";
  throw badValue("definePipeline", "an object of options", "a promise", named.file, hint);
}

/** An error of ours as it is, any other as one of the pipeline file, with the line that it came from. */
async function broken(cause: unknown, { path, file, workingFolder }: PipelineFile): Promise<ForewarnError> {
  if (cause instanceof ForewarnError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const commonJs = /import statement outside a module|Cannot use import/.test(text);
  return new ForewarnError("PIPELINE_FILE_BROKEN", {
    problem: "the pipeline file cannot be imported",
    found: text,
    where: (await errorPlace(cause, path, workingFolder)) ?? file,
    hint: commonJs
      ? 'its folder\'s package.json says "type": "commonjs": name the file .mts, or set "type": "module"'
      : "fix the file; --debug shows how it came to that line",
    cause,
  });
}
