/** Scores cutoffs of a fleet with a registered version: to the bit what its model says of its featurizer's columns. */
import type { Fleet } from "../core/fleet.ts";
import { type Cutoffs, takeCutoffs } from "../core/matrix.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { computeFeatures } from "../features/compute/compute-features.ts";
import type { ComputeOptions } from "../features/compute/compute-options.ts";
import { withReadingCounts } from "../features/reading-counts.ts";
import { unreadRows } from "../features/unread-rows.ts";
import { outputsOf } from "../labels/labels.ts";
import { alarmScores } from "../training/alarm-score.ts";
import { type Lineage, type LineageOptions, lineageOf } from "./lineage.ts";
import type { Scorer } from "./scorer.ts";

/** Why a row has a prediction, or none. "no readings": none of the model's columns of sensors found a known reading in what it reads. */
export type ScoreStatus = "scored" | "out of observation" | "no readings";

export interface ScoreOptions extends LineageOptions, ComputeOptions {
  /** 1 where the machine was in observation, one a row (`scoringCutoffs`). */
  observed: Uint8Array;
}

/** One entry a row of `rows`; where the status is not "scored" there is no prediction. */
export interface ScoredRows {
  lineage: Lineage;
  task: Scorer["manifest"]["task"];
  time: Scorer["manifest"]["time"];
  rows: Cutoffs;
  status: readonly ScoreStatus[];
  /** Probability of failing (binary), of each class (multiclass, rows x classes, row-major), or the remaining life. NaN without a prediction. */
  predicted: Float32Array;
  /** What alarms are decided on (for regression the life before it is held to 0..cap). NaN without a prediction. */
  score: Float64Array;
  /** 1 where the score is at or above the threshold; 0 without a prediction or without a threshold. */
  alarm: Uint8Array;
}

/**
 * @throws DATA_* when the fleet counts its time otherwise than the model's, or lacks what the featurizer reads.
 */
export async function score(
  scorer: Scorer,
  fleet: Fleet,
  cutoffs: Cutoffs,
  options: ScoreOptions,
): Promise<ScoredRows> {
  const { manifest, featurizer, predictor } = scorer;
  const { observed, threads, memory, signal, onProgress } = options;
  const wanted = Uint32Array.from(cutoffs.cutoff.keys()).filter((row) => observed[row] === 1);
  const plan = withReadingCounts(featurizer.plan);
  const unfitted = await computeFeatures(plan, fleet, takeCutoffs(cutoffs, wanted), {
    threads,
    memory,
    signal,
    onProgress,
  });
  const raw = predictor.raw(applyFeaturizer(featurizer, unfitted));
  const predicted = predictor.link(raw);
  const scores = manifest.task.kind === "regression" ? Float64Array.from(raw) : alarmScores(predictor, raw);

  const rows = cutoffs.cutoff.length;
  const width = outputsOf(manifest.task);
  const result: ScoredRows = {
    lineage: lineageOf(scorer, options),
    task: manifest.task,
    time: manifest.time,
    rows: cutoffs,
    status: [],
    predicted: new Float32Array(rows * width).fill(Number.NaN),
    score: new Float64Array(rows).fill(Number.NaN),
    alarm: new Uint8Array(rows),
  };
  const unread = unreadRows(plan, unfitted);
  const status = new Array<ScoreStatus>(rows).fill("out of observation");
  for (const [i, row] of wanted.entries()) {
    status[row] = unread[i] === 1 ? "no readings" : "scored";
    if (status[row] !== "scored") continue;
    result.predicted.set(predicted.subarray(i * width, (i + 1) * width), row * width);
    result.score[row] = scores[i];
    result.alarm[row] = manifest.threshold !== null && scores[i] >= manifest.threshold ? 1 : 0;
  }
  return { ...result, status };
}
