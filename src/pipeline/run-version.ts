/** The files of the version that a run publishes: those to score with, the figures of all learners, and the report. */
import { canonicalJson } from "../core/json.ts";
import { archiveOf } from "./archive-of.ts";
import { cyclesOf } from "./cycles-of.ts";
import type { EvaluatedLearners } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import { openPart, type StoredPart } from "./stored-part.ts";
import { type VersionFiles, versionFiles } from "./version-files.ts";

export interface RunVersionInput {
  options: PipelineOptions;
  part: StoredPart;
  evaluated: EvaluatedLearners;
  report: string;
  packageVersion: string;
}

/** @throws MODEL_NO_ONNX when the learner has no form in ONNX. */
export function runVersion({ options, part, evaluated, report, packageVersion }: RunVersionInput): VersionFiles {
  const { name, every, stale, label } = options;
  const fitted = { ...part, ...openPart(part) };
  const version = versionFiles({
    name,
    archive: archiveOf(options),
    every,
    cycles: cyclesOf(options),
    stale,
    label,
    part: fitted,
    packageVersion,
  });
  const metrics = {
    describes:
      options.publish?.refit === false
        ? "the models of all folds; the published model is that of the last"
        : "the models of the folds; the published model is refitted on all known rows",
    published: evaluated.best,
    learners: Object.fromEntries(evaluated.learners.map(({ metrics: figures }) => [figures.learner, figures])),
  };
  const encoder = new TextEncoder();
  const files = new Map([
    ...version.files,
    ["metrics.json", encoder.encode(`${canonicalJson(metrics, 2)}\n`)],
    ["report.html", encoder.encode(report)],
  ]);
  return { ...version, files };
}
