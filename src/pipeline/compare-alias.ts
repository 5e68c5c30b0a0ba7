/** Holds a candidate against the version an alias points to, on the evaluation rows that neither was trained on. */
import { ForewarnError } from "../core/errors.ts";
import { hashJson } from "../core/json.ts";
import { failureEvents } from "../evaluation/failure-events.ts";
import { pairedDifference } from "../evaluation/paired-difference.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { codeHashes } from "../features/custom/allowed-code.ts";
import { featurizerToJson } from "../features/featurizer.ts";
import { labelHorizon } from "../labels/horizon.ts";
import type { History } from "../labels/labels.ts";
import type { AliasComparison } from "../registry/judge-gates.ts";
import type { Registry } from "../registry/registry.ts";
import { openScorer, type Scorer } from "../scoring/scorer.ts";
import { alarmScores } from "../training/alarm-score.ts";
import { pickPredictions } from "../training/predict-rows.ts";
import { dataFeatures } from "./data-features.ts";
import type { TrainedLearner } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import type { LoadedData } from "./run-stages.ts";
import type { SortedData } from "./sorted-data.ts";
import type { StoredPart } from "./stored-part.ts";

export interface CompareInput {
  registry: Registry;
  options: PipelineOptions;
  data: LoadedData;
  /** Where the telemetry is, if not in memory. */
  sorted?: SortedData;
  history: History;
  candidate: TrainedLearner;
  /** What would be published. */
  part: StoredPart | null;
  threads: number;
  /** Whether other code of custom features than the pipeline's own may run. Default: false. */
  allowCustom?: boolean;
}

/** Undefined where the registry has no such alias. The candidate is judged by its folds' models, each on its own evaluation rows. */
export async function compareWithAlias(alias: string, input: CompareInput): Promise<AliasComparison | undefined> {
  const { registry, options, data, history, candidate, part } = input;
  const version = (await registry.history(options.name, alias)).at(-1)?.to;
  const { predictions } = candidate;
  if (version === undefined || predictions === null) return undefined;
  const scorer = await openScorer(registry, `${options.name}@${version}`, {
    allowCustom: input.allowCustom === true || codeHashes(options.features),
  });
  const rows = rowsNeitherKnows(candidate, predictions, scorer);
  const ours = { ...pickPredictions(predictions, rows), fold: new Uint16Array(rows.length) };
  const isRegression = ours.task.kind === "regression";
  const comparison: AliasComparison = {
    version,
    same: part !== null && sameModel(part, scorer),
    measure: isRegression ? "rmse" : "averagePrecision",
    better: isRegression ? "lower" : "higher",
    failures: failuresAfter(history, ours, labelHorizon(options.label, data.fleet.time)),
    candidate: null,
    current: null,
    interval: null,
  };
  const differs = hashJson([scorer.manifest.task, scorer.manifest.label]) !== hashJson([ours.task, options.label]);
  if (differs) return { ...comparison, incomparable: "it predicts something else" };
  if (rows.length === 0) return comparison;
  try {
    const theirs = await predictionsOf(scorer, ours, input);
    const { a, b, differenceInterval } = pairedDifference(ours, theirs, { seed: options.seed ?? 0 });
    return { ...comparison, candidate: a, current: b, interval: differenceInterval };
  } catch (error) {
    if (!(error instanceof ForewarnError && error.code.startsWith("DATA_"))) throw error;
    return { ...comparison, incomparable: `it cannot score this archive (${error.message})` };
  }
}

/** Evaluation rows later than the last training label of both models. */
function rowsNeitherKnows({ folds }: TrainedLearner, { target, rows, fold }: Predictions, scorer: Scorer): Uint32Array {
  const trainedUntil = folds.flatMap(({ part }) => part?.trainedUntil ?? []);
  return Uint32Array.from(target.keys()).filter(
    (row) => rows.cutoff[row] > Math.max(scorer.manifest.trainedUntil, trainedUntil[fold[row]]),
  );
}

/** What the alias's version says of the same rows. */
async function predictionsOf(
  scorer: Scorer,
  ours: Predictions,
  { data: { fleet }, sorted, threads }: CompareInput,
): Promise<Predictions> {
  const matrix = await dataFeatures(scorer.featurizer, { fleet, sorted }, ours.rows, { threads });
  const raw = scorer.predictor.raw(matrix);
  return { ...ours, predicted: scorer.predictor.link(raw), score: alarmScores(scorer.predictor, raw) };
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
