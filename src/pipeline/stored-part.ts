/** A fitted part of a learner as plain data, for the cache and the registry. */
import type { Json } from "../core/json.ts";
import { type Featurizer, featurizerToJson } from "../features/featurizer.ts";
import { readFeaturizer } from "../features/read.ts";
import type { Model } from "../training/learner.ts";
import { loadModel } from "../training/learners.ts";
import type { FittedPart } from "../training/train-part.ts";

export interface StoredPart {
  featurizer: Json;
  model: Json;
  threshold: number | null;
  trainedUntil: number;
}

export function storePart({ featurizer, model, threshold, trainedUntil }: FittedPart): StoredPart {
  return { featurizer: featurizerToJson(featurizer), model: model.toJSON(), threshold, trainedUntil };
}

export function openPart(stored: StoredPart): { featurizer: Featurizer; model: Model } {
  return { featurizer: readFeaturizer(stored.featurizer), model: loadModel(stored.model) };
}
