/** A fitted part of a learner as plain data, for the cache and the registry. */
import type { Json } from "../core/json.ts";
import { type Featurizer, featurizerToJson } from "../features/featurizer.ts";
import { readFeaturizer } from "../features/read.ts";
import type { SelectedFeatures } from "../features/selection/select-features.ts";
import type { Model } from "../training/learner.ts";
import { loadModel } from "../training/learners.ts";
import type { FittedPart } from "../training/train-part.ts";

export interface StoredPart {
  featurizer: Json;
  model: Json;
  threshold: number | null;
  trainedUntil: number;
  /** What was selected among the columns; absent where nothing was asked to be. */
  selection?: SelectedFeatures;
}

export function storePart({ featurizer, model, threshold, trainedUntil, selection }: FittedPart): StoredPart {
  return {
    featurizer: featurizerToJson(featurizer),
    model: model.toJSON(),
    threshold,
    trainedUntil,
    ...(selection && { selection }),
  };
}

/** A part of a run of one's own, so that the code of its custom features may run. */
export function openPart(stored: StoredPart): { featurizer: Featurizer; model: Model } {
  return { featurizer: readFeaturizer(stored.featurizer, { allowCustom: true }), model: loadModel(stored.model) };
}
