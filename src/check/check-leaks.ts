/** The leak check: tries features, labels, splits and fits with other futures, and says what moves. */
import { ForewarnError } from "../core/errors.ts";
import type { Labels } from "../labels/labels.ts";
import type { StageWatcher } from "../pipeline/stage.ts";
import type { Fold } from "../splits/fold.ts";
import { rowsToSplit } from "../splits/rows-to-split.ts";
import { type FeatureFindings, tryFeatures } from "./check-features.ts";
import { checkFit, FITS_A_FOLD } from "./check-fits.ts";
import { type LabelFindings, rowsByLabelEnd, tryLabels } from "./check-labels.ts";
import { checkFold } from "./check-splits.ts";
import type { FitLeak, LeakReport, SplitLeak } from "./leak.ts";
import { perturbed, perturbUnknown } from "./perturbation.ts";
import type { LeakSubject } from "./subject.ts";
import { trialInstants } from "./trial-instants.ts";

export interface LeakCheckOptions {
  /** How many instants features and labels are tried at. Default: 100. */
  trials?: number;
  /** Decides instants and changes. Default: 0. */
  seed?: number;
  /** Checked between trials and fits. */
  signal?: AbortSignal;
  /** Told of each part of the check as it begins, goes on and ends. */
  watcher?: StageWatcher;
}

const STANDARD_TRIALS = 100;
const TRIALS = "features and labels";

/**
 * Rule 1, only the past: at instants by chance all that is unknown there is deleted, then changed; no feature up to there may move a bit,
 * nor a label that ends before. A column may not move either when what lies before its window or its last anchor changes.
 * Rule 6, splits cannot leak: training rows keep clear of evaluation labels.
 * Rule 5, fitted on training rows only: with all rows outside training deleted, then changed, what each fold has learned stays equal to
 * the byte.
 * @throws INTERRUPTED_CHECK when aborted, and whatever the functions given throw.
 */
export async function checkLeaks(subject: LeakSubject, options: LeakCheckOptions = {}): Promise<LeakReport> {
  const { trials = STANDARD_TRIALS, seed = 0 } = options;
  const { fleet, cutoffs } = subject;
  const labels = subject.labels(fleet, cutoffs);
  const instants = trialInstants(fleet, cutoffs, trials, seed);
  const { features, labelled } = await tryInstants(subject, labels, instants, options);

  const rows = rowsToSplit({ lookback: subject.split.lookback }, cutoffs, labels, fleet.time);
  const folds = subject.split.folds(rows);
  const fits = await fitAll(subject, labels, folds, options);
  return {
    time: fleet.time,
    machines: fleet.machines.length,
    learners: subject.learners.map(({ name }) => name),
    trials: instants.length,
    seed,
    columns: features.columns.size,
    values: features.values,
    labels: labelled.compared,
    folds: folds.map(({ name, train, evaluate, skipped }) => ({
      name,
      train: train.length,
      evaluate: evaluate.length,
      skipped,
    })),
    fits: fits.repeated,
    notFitted: fits.notFitted,
    leaks: [
      ...features.leaks,
      ...(labelled.leak === undefined ? [] : [labelled.leak]),
      ...folds.flatMap((fold) => splitLeaks(subject, rows, fold)),
      ...fits.leaks,
    ],
    moreColumns: features.moreColumns,
  };
}

async function tryInstants(
  subject: LeakSubject,
  labels: Labels,
  instants: readonly number[],
  { seed = 0, signal, watcher }: LeakCheckOptions,
) {
  const { fleet } = subject;
  watcher?.started(TRIALS);
  const features: FeatureFindings = {
    values: 0,
    columns: new Set(),
    leaks: [],
    leaking: new Set(),
    moreColumns: [],
  };
  const labelled: LabelFindings = { compared: 0 };
  const byEnd = rowsByLabelEnd(labels);
  for (const [trial, instant] of instants.entries()) {
    throwIfAborted(signal);
    watcher?.progressed(TRIALS, trial / instants.length);
    const until = new Float64Array(fleet.machines.length).fill(instant);
    const unknown = perturbUnknown(fleet, { until, outcomes: "before" }, seed + trial).map((perturbation) => ({
      ...perturbation,
      fleet: perturbed(fleet, perturbation),
    }));
    await tryFeatures(subject, { instant, trial, seed: seed + trial, unknown }, features);
    await tryLabels(subject, labels, { instant, byEnd, unknown }, labelled);
  }
  watcher?.ended(TRIALS, "done");
  return { features, labelled };
}

function splitLeaks({ split }: LeakSubject, rows: ReturnType<typeof rowsToSplit>, fold: Fold): SplitLeak[] {
  const { apart, innerApart = apart, embargo = 0 } = split;
  const inner = fold.skipped === undefined ? (split.innerFolds?.(rows, fold.train) ?? []) : [];
  return [
    ...checkFold(rows, fold, { apart, embargo }),
    ...inner.flatMap((part) => {
      const named = { ...part, name: `${fold.name}, inner fold ${part.name}` };
      return checkFold(rows, named, { apart: innerApart, embargo, within: fold.train });
    }),
  ];
}

async function fitAll(
  subject: LeakSubject,
  labels: Labels,
  folds: readonly Fold[],
  { seed = 0, signal, watcher }: LeakCheckOptions,
) {
  const { fleet, cutoffs, learners } = subject;
  const used = folds.filter(({ skipped }) => skipped === undefined);
  const notFitted = folds.flatMap(({ name, skipped }) => (skipped === undefined ? [] : [`${name}: ${skipped}`]));
  const leaks: FitLeak[] = [];
  let repeated = 0;
  if (used.length === 0 || learners.length === 0) return { repeated, notFitted, leaks };
  const raw = await subject.features(fleet, cutoffs);
  for (const learner of learners) {
    const stage = `fits of ${learner.name}`;
    watcher?.started(stage);
    let fits = 0;
    for (const fold of used) {
      const onFit = () => {
        throwIfAborted(signal);
        watcher?.progressed(stage, Math.min(1, ++fits / (FITS_A_FOLD * used.length)));
      };
      const found = await checkFit(learner, { fleet, cutoffs, raw, labels }, fold, { seed, onFit });
      repeated += found.repeated;
      if (found.isTooSmall) notFitted.push(`${learner.name}, ${fold.name}: not enough failures`);
      if (found.leak !== undefined) leaks.push(found.leak);
    }
    watcher?.ended(stage, "done");
  }
  return { repeated, notFitted, leaks };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ForewarnError("INTERRUPTED_CHECK", {
    problem: "the check was interrupted",
    cause: signal.reason,
  });
}
