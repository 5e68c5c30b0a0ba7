/** The stages from labelled rows to figures and the model to publish. */

import { chooseThreshold } from "../evaluation/choose-threshold.ts";
import { type Evaluation, evaluate } from "../evaluation/evaluate.ts";
import type { BootstrapOptions } from "../evaluation/machine-bootstrap.ts";
import { savedInterval } from "../evaluation/machine-costs.ts";
import type { LearnerMetrics, SelectedColumns } from "../evaluation/metrics.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { unscored } from "../evaluation/unscored.ts";
import { labelHorizon } from "../labels/horizon.ts";
import type { Fold } from "../splits/fold.ts";
import { innerFolds } from "../splits/inner-folds.ts";
import { knownRows } from "../splits/known-rows.ts";
import { rowsToSplit } from "../splits/rows-to-split.ts";
import { splitRows } from "../splits/split-rows.ts";
import type { LearnerSpec } from "../training/learner.ts";
import { learnerOf } from "../training/learners.ts";
import { trainFolds } from "../training/train-folds.ts";
import { type FittedPart, type PartOptions, refitPart, type SettledSettings } from "../training/train-part.ts";
import type { TrainingRows } from "../training/training-rows.ts";
import { alarmContext } from "./alarm-context.ts";
import { bestLearner } from "./best-learner.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import type { DataStages } from "./run-stages.ts";
import { defineStage, type Stage, type StageContext } from "./stage.ts";
import { type StoredPart, storePart } from "./stored-part.ts";

/** A learner's folds and pooled predictions, as kept in the cache. */
export interface TrainedLearner {
  spec: LearnerSpec;
  folds: readonly {
    name: string;
    trained: number;
    evaluated: number;
    skipped?: string;
    iterations?: number;
    columns?: SelectedColumns;
    part?: StoredPart;
  }[];
  predictions: Predictions | null;
  settled: SettledSettings | null;
}

/** The figures of every learner, with what the report draws. */
export interface EvaluatedLearners {
  learners: readonly { metrics: LearnerMetrics; evaluation: Omit<Evaluation, "metrics"> | null }[];
  /** The name of the learner to publish; null where none could be scored. */
  best: string | null;
}

export interface LearnStages {
  folds(): Promise<readonly Fold[]>;
  train: readonly Stage<TrainedLearner>[];
  evaluate: Stage<EvaluatedLearners>;
  /** The best learner on all known rows, or its last fold's where nothing is refitted; null where no learner could be scored. */
  refit: Stage<StoredPart | null>;
}

export function learnStages(
  context: StageContext,
  pipeline: LoadedPipeline,
  data: DataStages,
  threads: number,
): LearnStages {
  const { options } = pipeline;
  const seed = options.seed ?? 0;
  const time = options.time ?? "timestamp";
  const horizon = labelHorizon(options.label, time);

  const trainingRows = async (): Promise<TrainingRows> => {
    const [{ fleet }, { cutoffs, matrix }, { labels }] = await Promise.all([
      data.load.get(),
      data.featurize.get(),
      data.label.get(),
    ]);
    return { fleet, plan: await data.plan(), cutoffs, raw: matrix, labels };
  };
  const splittable = ({ plan, cutoffs, labels }: TrainingRows) => rowsToSplit(plan, cutoffs, labels, time);
  const folds = async () => splitRows(options.split, splittable(await trainingRows()), { seed, horizon });
  const partOptions = async (rows: TrainingRows, onProgress: (share: number) => void): Promise<PartOptions> => {
    const { history } = await data.label.get();
    const alarms = alarmContext(options, history, rows.cutoffs);
    const split = splittable(rows);
    return {
      seed,
      threads,
      signal: context.signal,
      onProgress,
      select: options.select,
      innerFolds: (train) => innerFolds(options.split, split, train, { seed, folds: options.innerFolds ?? 3 }),
      threshold: (predictions) =>
        alarms === undefined
          ? null
          : chooseThreshold({ ...alarms, predictions, costs: options.evaluate?.cost }).threshold,
    };
  };

  const shared = {
    label: data.label.key,
    split: options.split,
    innerFolds: options.innerFolds,
    select: options.select,
    evaluate: options.evaluate,
    seed,
  };
  const train = options.learners.map((spec) =>
    defineStage<TrainedLearner>(context, {
      name: `train ${spec.name}`,
      dependsOn: { ...shared, spec },
      async compute(onProgress) {
        const rows = await trainingRows();
        const trained = await trainFolds(spec, rows, await folds(), await partOptions(rows, onProgress));
        return {
          spec,
          predictions: trained.predictions,
          settled: trained.settled,
          folds: trained.folds.map(({ part, ...fold }) =>
            part === undefined
              ? fold
              : { ...fold, part: storePart(part), iterations: part.model.iterations, ...selected(part) },
          ),
        };
      },
    }),
  );
  const evaluateAll = defineStage<EvaluatedLearners>(context, {
    name: "evaluate",
    dependsOn: { train: train.map((stage) => stage.key), evaluate: options.evaluate, seed },
    async compute() {
      const { history } = await data.label.get();
      const { cutoffs } = await data.featurize.get();
      const alarms = alarmContext(options, history, cutoffs);
      const trained = await Promise.all(train.map((stage) => stage.get()));
      const asked = options.evaluate ?? {};
      const each = trained.map((learner) => evaluateLearner(learner, { alarms, seed, options: asked }));
      return compareLearners(options.learners, each, { seed, resamples: asked.resamples });
    },
  });
  const refits = options.publish !== undefined && options.publish.refit !== false;
  const refit = defineStage<StoredPart | null>(context, {
    name: "refit",
    dependsOn: { evaluate: evaluateAll.key, refits },
    async compute(onProgress) {
      const { best } = await evaluateAll.get();
      const at = options.learners.findIndex((spec) => spec.name === best);
      if (at === -1) return null;
      const { spec, folds: fitted, settled } = await train[at].get();
      if (!refits || settled === null) return fitted.findLast((fold) => fold.part !== undefined)?.part ?? null;
      const rows = await trainingRows();
      const known = knownRows(splittable(rows));
      return storePart(
        await refitPart(spec, rows, known, settled, {
          seed,
          threads,
          signal: context.signal,
          onProgress,
          select: options.select,
        }),
      );
    },
  });
  return { folds, train, evaluate: evaluateAll, refit };
}

function selected({ selection }: FittedPart): { columns?: SelectedColumns } {
  if (selection === undefined) return {};
  const dropped = (why: string) => selection.dropped.filter((one) => one.why === why).length;
  const { length: kept } = selection.kept;
  return {
    columns: {
      kept,
      constant: dropped("constant"),
      irrelevant: dropped("irrelevant"),
      correlated: dropped("correlated"),
    },
  };
}

type OneEvaluated = EvaluatedLearners["learners"][number];

function evaluateLearner(
  { spec, folds, predictions }: TrainedLearner,
  {
    alarms,
    seed,
    options,
  }: {
    alarms: ReturnType<typeof alarmContext>;
    seed: number;
    options: NonNullable<LoadedPipeline["options"]["evaluate"]>;
  },
): OneEvaluated {
  const who = { learner: spec.name, baseline: spec.baseline };
  if (predictions === null) {
    const reason = folds.find((fold) => fold.skipped !== undefined)?.skipped ?? "no fold";
    return {
      metrics: unscored({ ...who, skipped: reason, folds: folds.map(({ part: _, ...fold }) => fold) }),
      evaluation: null,
    };
  }
  const { metrics, ...evaluation } = evaluate({
    predictions,
    folds: folds.map(({ part, ...fold }) => ({ ...fold, threshold: part?.threshold ?? null })),
    alarms,
    costs: options.cost,
    policy: learnerOf(spec).policy,
    resamples: options.resamples,
    seed,
  });
  return { metrics: { ...who, ...metrics }, evaluation };
}

/** Fills in what the schedule cost, and picks the learner to publish. */
function compareLearners(
  specs: readonly LearnerSpec[],
  learners: readonly OneEvaluated[],
  bootstrap: BootstrapOptions,
): EvaluatedLearners {
  const schedule = learners[specs.findIndex((spec) => learnerOf(spec).policy === "schedule")] as
    | OneEvaluated
    | undefined;
  const compared = learners.map(({ metrics, evaluation }) => ({
    metrics: {
      ...metrics,
      costOfSchedule: schedule?.metrics.cost ?? null,
      costSavedInterval: metrics.baseline
        ? null
        : savedInterval(schedule?.evaluation?.machineCosts ?? null, evaluation?.machineCosts ?? null, bootstrap),
    },
    evaluation,
  }));
  return { learners: compared, best: bestLearner(compared.map(({ metrics }) => metrics)) };
}
