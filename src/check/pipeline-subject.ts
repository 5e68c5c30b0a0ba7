/** The stages of a pipeline as functions that take any fleet, put together as `run` does. */
import type { Fleet } from "../core/fleet.ts";
import type { Json } from "../core/json.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { durationLength } from "../core/time.ts";
import { chooseThreshold } from "../evaluation/choose-threshold.ts";
import { computeFeatures } from "../features/compute/compute-features.ts";
import { featurizerToJson } from "../features/featurizer.ts";
import { planFeatures } from "../features/plan.ts";
import { describeFleet } from "../features/schema.ts";
import { gridCutoffs } from "../labels/cutoffs.ts";
import { buildHistory } from "../labels/history.ts";
import { labelHorizon } from "../labels/horizon.ts";
import { labelRows } from "../labels/label-rows.ts";
import { observe } from "../labels/observation.ts";
import { alarmContext } from "../pipeline/alarm-context.ts";
import { cyclesOf } from "../pipeline/cycles-of.ts";
import type { PipelineOptions } from "../pipeline/options.ts";
import { embargoLength } from "../splits/embargo.ts";
import { innerFolds } from "../splits/inner-folds.ts";
import { rowsToSplit } from "../splits/rows-to-split.ts";
import type { SplitSpec } from "../splits/spec.ts";
import { splitRows } from "../splits/split-rows.ts";
import type { LearnerSpec } from "../training/learner.ts";
import { trainFolds } from "../training/train-folds.ts";
import { reachOf } from "./reach.ts";
import { seenFleet } from "./seen-fleet.ts";
import type { LeakSubject, LearnerSubject, SplitSubject } from "./subject.ts";

export interface SubjectOptions {
  /** Worker threads of the fits. */
  threads: number;
  signal?: AbortSignal;
}

export function pipelineSubject(options: PipelineOptions, fleet: Fleet, run: SubjectOptions): LeakSubject {
  const seed = options.seed ?? 0;
  const length = (duration: string | undefined) =>
    duration === undefined ? undefined : durationLength(duration, fleet.time);
  const [every, stale] = [length(options.every), length(options.stale)];
  const cycles = cyclesOf(options);
  const planOf = (of: Fleet) => planFeatures(options.features, describeFleet(of), { every, cycles });
  const past = (of: Fleet) => {
    const history = buildHistory(of, options.label);
    return { history, observation: observe(of, history, { every, stale }) };
  };
  const plan = planOf(fleet);
  return {
    fleet,
    cutoffs: gridCutoffs(fleet, past(fleet).observation, every, cycles),
    features: (of, cutoffs) => computeFeatures(plan, of, cutoffs, { signal: run.signal }),
    reach: reachOf(plan),
    labels(of: Fleet, cutoffs: Cutoffs) {
      const { history, observation } = past(of);
      return labelRows(options.label, of, history, observation, cutoffs);
    },
    split: splitSubject(options, fleet, plan.lookback, seed),
    learners: options.learners.map((spec) => learnerSubject(spec, options, planOf, { ...run, seed })),
  };
}

function splitSubject(options: PipelineOptions, { time }: Fleet, lookback: number, seed: number): SplitSubject {
  const { split, label } = options;
  const horizon = labelHorizon(label, time);
  return {
    lookback,
    folds: (rows) => splitRows(split, rows, { seed, horizon }),
    innerFolds: (rows, train) => innerFolds(split, rows, train, innerOptions(options, seed)),
    apart: apartBy(split),
    // Where machines share no clock, inner folds are of whole machines.
    innerApart: goesForward(split) && time === "timestamp" ? ["time"] : ["machines"],
    embargo: embargoLength(split, time),
  };
}

function innerOptions({ innerFolds = 3 }: PipelineOptions, seed: number) {
  return { seed, folds: innerFolds };
}

function apartBy(split: SplitSpec): SplitSubject["apart"] {
  if (!goesForward(split)) return ["machines"];
  return split.split === "rollingOrigin" && split.machines === "held-out" ? ["time", "machines"] : ["time"];
}

function goesForward({ split }: SplitSpec): boolean {
  return split === "byTime" || split === "rollingOrigin";
}

/** As the stage "train" of a run does it, for one fold; the plan is made of what the fleet at hand shows. */
function learnerSubject(
  spec: LearnerSpec,
  options: PipelineOptions,
  planOf: (fleet: Fleet) => ReturnType<typeof planFeatures>,
  { threads, signal, seed }: SubjectOptions & { seed: number },
): LearnerSubject {
  return {
    name: spec.name,
    async fit(rows, fold) {
      const { fleet, cutoffs, labels } = rows;
      const plan = planOf(seenFleet(fleet));
      const split = rowsToSplit(plan, cutoffs, labels, fleet.time);
      const alarms = alarmContext(options, buildHistory(fleet, options.label), cutoffs);
      const trained = await trainFolds(spec, { ...rows, plan }, [fold], {
        seed,
        threads,
        signal,
        select: options.select,
        innerFolds: (train) => innerFolds(options.split, split, train, innerOptions(options, seed)),
        threshold: (predictions) =>
          alarms === undefined
            ? null
            : chooseThreshold({ ...alarms, predictions, costs: options.evaluate?.cost }).threshold,
      });
      const { part } = trained.folds[0];
      if (part === undefined) return undefined;
      return {
        featurizer: featurizerToJson(part.featurizer),
        model: part.model.toJSON(),
        threshold: part.threshold as Json,
      };
    },
  };
}
