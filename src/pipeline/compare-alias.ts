/** Holds a candidate against the version an alias points to, on the evaluation rows that neither was trained on. */
import { hashJson } from "../core/json.ts";
import { failureEvents } from "../evaluation/failure-events.ts";
import { pairedDifference } from "../evaluation/paired-difference.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { featurize } from "../features/apply.ts";
import { featurizerToJson } from "../features/featurizer.ts";
import { labelHorizon } from "../labels/horizon.ts";
import type { History } from "../labels/labels.ts";
import type { AliasComparison } from "../registry/judge-gates.ts";
import type { Registry } from "../registry/registry.ts";
import { openScorer, type Scorer } from "../scoring/scorer.ts";
import { alarmScores } from "../training/alarm-score.ts";
import { pickPredictions } from "../training/predict-rows.ts";
import type { TrainedLearner } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import type { LoadedData } from "./run-stages.ts";
import type { StoredPart } from "./stored-part.ts";

export interface CompareInput {
  registry: Registry;
  options: PipelineOptions;
  data: LoadedData;
  history: History;
  candidate: TrainedLearner;
  /** What would be published. */
  part: StoredPart | null;
  threads: number;
}

/** Undefined where the registry has no such alias. The candidate is judged by its folds' models, each on its own evaluation rows. */
export async function compareWithAlias(alias: string, input: CompareInput): Promise<AliasComparison | undefined> {
  const { registry, options, data, history, candidate, threads } = input;
  const entry = (await registry.list()).find(({ model }) => model === options.name);
  const version = entry !== undefined && Object.hasOwn(entry.aliases, alias) ? entry.aliases[alias] : undefined;
  const predictions = candidate.predictions;
  if (version === undefined || predictions === null) return undefined;
  const scorer = await openScorer(registry, `${options.name}@${version}`);
  const trainedUntil = candidate.folds
    .filter((fold) => fold.part !== undefined)
    .map((fold) => fold.part?.trainedUntil ?? Number.POSITIVE_INFINITY);
  const later = (row: number) =>
    predictions.rows.cutoff[row] > Math.max(scorer.manifest.trainedUntil, trainedUntil[predictions.fold[row]]);
  const rows = Uint32Array.from(predictions.target.keys()).filter(later);
  const ours = { ...pickPredictions(predictions, rows), fold: new Uint16Array(rows.length) };
  const matrix = await featurize(scorer.featurizer, data.fleet, ours.rows, { threads });
  const raw = scorer.predictor.raw(matrix);
  const theirs = { ...ours, predicted: scorer.predictor.link(raw), score: alarmScores(scorer.predictor, raw) };
  const compared = rows.length === 0 ? undefined : pairedDifference(ours, theirs, { seed: options.seed ?? 0 });
  return {
    version,
    same: input.part !== null && sameModel(input.part, scorer),
    measure: ours.task.kind === "regression" ? "rmse" : "averagePrecision",
    better: ours.task.kind === "regression" ? "lower" : "higher",
    failures: failuresAfter(history, ours, labelHorizon(options.label, data.fleet.time)),
    candidate: compared?.a ?? null,
    current: compared?.b ?? null,
    interval: compared?.differenceInterval ?? null,
  };
}

function sameModel(part: StoredPart, { predictor, featurizer, manifest }: Scorer): boolean {
  const ours = [part.model, part.featurizer, part.threshold];
  return hashJson(ours) === hashJson([predictor.toJSON(), featurizerToJson(featurizer), manifest.threshold]);
}

/** Failures with at least one of the rows in the horizon before them. */
function failuresAfter(history: History, { rows }: Predictions, horizon: number): number {
  const reach = horizon === 0 ? Number.POSITIVE_INFINITY : horizon;
  return failureEvents(history).filter((failure) =>
    rows.cutoff.some(
      (cutoff, row) => rows.machine[row] === failure.machine && cutoff < failure.time && failure.time <= cutoff + reach,
    ),
  ).length;
}
