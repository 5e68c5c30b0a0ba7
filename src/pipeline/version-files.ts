/** The files of a registered version, made of what was trained and nothing of the run that trained it. */
import type { ArchiveSpec } from "../archive/spec.ts";
import { canonicalJson } from "../core/json.ts";
import type { Duration } from "../core/time.ts";
import { codeVersion } from "../core/version.ts";
import { mlmodelText } from "../export/mlflow.ts";
import { exportOnnx } from "../export/onnx/export-onnx.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import { featurizerHash, featurizerToJson } from "../features/featurizer.ts";
import type { LabelSpec } from "../labels/spec.ts";
import type { ScorerManifest } from "../scoring/manifest.ts";
import type { FittedPart } from "../training/train-part.ts";

export interface VersionInput {
  /** The model's name. */
  name: string;
  /** How the archive is read, when training and when scoring. */
  archive: ArchiveSpec;
  /** The grid of the cutoffs that were trained on. Default: none, every telemetry row is a cutoff. */
  every?: Duration;
  /** How the telemetry falls into operating cycles, whose ends are cutoffs where there is no grid. Default: it does not. */
  cycles?: OperatingCycles;
  /** How old telemetry may be before a machine is out of observation. Default: 3 x every. */
  stale?: Duration;
  label: LabelSpec;
  /** What is published (`trainPart`, `refitPart`). */
  part: Pick<FittedPart, "featurizer" | "model" | "threshold" | "trainedUntil">;
  /** The version of forewarn. Default: this one. */
  packageVersion?: string;
}

export interface VersionFiles {
  files: ReadonlyMap<string, Uint8Array>;
  /** What the version's manifest says under `scorer`. */
  scorer: ScorerManifest;
}

/**
 * featurizer.json, model.json, model.onnx and MLmodel, and what `openScorer` has to find in the manifest: publish them with
 * `publish({ model, files, manifest: { scorer }, … })`.
 * @throws MODEL_NO_ONNX when the learner has no form in ONNX.
 */
export function versionFiles({
  name,
  archive,
  every,
  cycles,
  stale,
  label,
  part,
  ...input
}: VersionInput): VersionFiles {
  const { packageVersion = codeVersion().version } = input;
  const { featurizer, model, threshold, trainedUntil } = part;
  const { task, features, learner } = model;
  const hash = featurizerHash(featurizer);
  const onnx = { name, producerVersion: packageVersion, featurizerHash: hash, threshold };
  const encoder = new TextEncoder();
  return {
    files: new Map([
      ["featurizer.json", encoder.encode(`${canonicalJson(featurizerToJson(featurizer))}\n`)],
      ["model.json", encoder.encode(`${canonicalJson(model.toJSON())}\n`)],
      ["model.onnx", exportOnnx(model, onnx)],
      ["MLmodel", encoder.encode(mlmodelText({ features, task, producerVersion: packageVersion }))],
    ]),
    scorer: {
      format: 1,
      learner,
      task,
      label,
      time: archive.time,
      every,
      cycles,
      stale,
      threshold,
      featurizerHash: hash,
      archive,
      trainedUntil,
      trainedWith: packageVersion,
    },
  };
}
