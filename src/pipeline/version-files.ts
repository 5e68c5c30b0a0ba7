/** The files of a registered version, made of what was trained and nothing of the run that trained it. */
import { canonicalJson } from "../core/json.ts";
import { mlmodelText } from "../export/mlflow.ts";
import { exportOnnx } from "../export/onnx/export-onnx.ts";
import { featurizerHash } from "../features/featurizer.ts";
import type { ScorerManifest } from "../scoring/manifest.ts";
import { archiveOf } from "./archive-of.ts";
import type { EvaluatedLearners } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import { openPart, type StoredPart } from "./stored-part.ts";

export interface VersionInput {
  options: PipelineOptions;
  part: StoredPart;
  evaluated: EvaluatedLearners;
  report: string;
  packageVersion: string;
}

export interface VersionFiles {
  files: ReadonlyMap<string, Uint8Array>;
  /** What the version's manifest says under `scorer`. */
  scorer: ScorerManifest;
}

/** @throws MODEL_NO_ONNX when the learner has no form in ONNX. */
export function versionFiles({ options, part, evaluated, report, packageVersion }: VersionInput): VersionFiles {
  const { featurizer, model } = openPart(part);
  const hash = featurizerHash(featurizer);
  const task = model.task;
  const metrics = {
    describes:
      options.publish?.refit === false
        ? "the models of all folds; the published model is that of the last"
        : "the models of the folds; the published model is refitted on all known rows",
    published: evaluated.best,
    learners: Object.fromEntries(evaluated.learners.map(({ metrics: figures }) => [figures.learner, figures])),
  };
  const contents: Record<string, string | Uint8Array> = {
    "featurizer.json": `${canonicalJson(part.featurizer)}\n`,
    "model.json": `${canonicalJson(part.model)}\n`,
    "model.onnx": exportOnnx(model, {
      name: options.name,
      producerVersion: packageVersion,
      featurizerHash: hash,
      threshold: part.threshold,
    }),
    "metrics.json": `${canonicalJson(metrics, 2)}\n`,
    "report.html": report,
    MLmodel: mlmodelText({ features: model.features, task, producerVersion: packageVersion }),
  };
  const encoder = new TextEncoder();
  return {
    files: new Map(
      Object.entries(contents).map(([name, content]) => [
        name,
        typeof content === "string" ? encoder.encode(content) : content,
      ]),
    ),
    scorer: {
      format: 1,
      learner: model.learner,
      task,
      label: options.label,
      time: options.time ?? "timestamp",
      every: options.every,
      stale: options.stale,
      threshold: part.threshold,
      featurizerHash: hash,
      archive: archiveOf(options),
      trainedUntil: part.trainedUntil,
      trainedWith: packageVersion,
    },
  };
}
