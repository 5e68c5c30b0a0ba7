/** The boosting loop: gradients, one tree an output, new scores; early stopping; then the exact grid. */
import { setImmediate } from "node:timers/promises";
import { ForewarnError } from "../../core/errors.ts";
import type { FitOptions, TrainingSet } from "../learner.ts";
import { modelColumns } from "../model-columns.ts";
import { type WeightedRows, weightedRows } from "../rows.ts";
import { type BinnedColumns, binColumns } from "./bins.ts";
import { toFixedPoint } from "./fixed-point.ts";
import { roundToGrid } from "./grid.ts";
import { createGrower, type GrownTree } from "./grow.ts";
import type { RowSums } from "./histogram.ts";
import { gbdtModel } from "./model.ts";
import { type Objective, objectiveOf } from "./objective.ts";
import type { GbdtSpec } from "./options.ts";
import type { SplitLimits } from "./split.ts";
import { addTree, type Tree, type TreeModel } from "./trees.ts";

/** A tree with its leaf values before rounding and the gain of each of its splits. */
interface BoostedTree {
  tree: Tree;
  value: Float64Array;
  gain: Float64Array;
}

/** Scores of validation rows as the trees come. */
interface Watch {
  rows: WeightedRows;
  columns: readonly Float32Array[];
  scores: Float64Array[];
  patience: number;
  bestLoss: number;
  bestIteration: number;
}

/**
 * Fits boosted trees. Fewer trees than asked for come out when early stopping says so or nothing can be split any more.
 * @throws DATA_ONE_CLASS, DATA_NO_ROWS, DATA_TARGET, DATA_WEIGHT, DATA_TRAINING_SHAPE; INTERRUPTED_FIT when aborted.
 */
export async function fitGbdt(spec: GbdtSpec, train: TrainingSet, options: FitOptions): Promise<TreeModel> {
  const rows = weightedRows(train);
  const objective = objectiveOf(train.task);
  const base = objective.base(rows);
  throwIfAborted(options.signal);
  const columns = binColumns(rows, spec.maxBins);
  const features = columns.source.map((source) => rows.matrix.names[source]);
  const watch = watchOf(spec, options, features, base);
  const trees = await boost(spec, rows, objective, base, columns, watch, options);

  const outputs = objective.outputs;
  const kept = watch === undefined ? trees : trees.slice(0, watch.bestIteration * outputs);
  const gain = new Array<number>(features.length).fill(0);
  for (const boosted of kept) {
    boosted.tree.feature.forEach((feature, node) => {
      if (feature >= 0) gain[feature] += boosted.gain[node];
    });
  }
  const roundedBase = base.map((score, output) => {
    const own = kept.filter((_, i) => i % outputs === output);
    const rounded = roundToGrid(
      score,
      own.map((boosted) => boosted.value),
    );
    for (const [i, boosted] of own.entries()) boosted.tree.value = rounded.leaves[i];
    return rounded.base;
  });
  const ensemble = { task: train.task, features, base: roundedBase, trees: kept.map((boosted) => boosted.tree) };
  return gbdtModel(ensemble, gain);
}

async function boost(
  spec: GbdtSpec,
  rows: WeightedRows,
  objective: Objective,
  base: readonly number[],
  columns: BinnedColumns,
  watch: Watch | undefined,
  { iterations = spec.trees, signal, onProgress }: FitOptions,
): Promise<BoostedTree[]> {
  const { outputs, unitHessian } = objective;
  const count = rows.target.length;
  const perOutput = (): Float64Array[] => base.map(() => new Float64Array(count));
  const scores = base.map((score) => new Float64Array(count).fill(score));
  const gradients = perOutput();
  const hessians = unitHessian ? [] : perOutput();
  const sums: RowSums = { gradient: new Float64Array(count), weight: rows.weight };
  if (!unitHessian) sums.hessian = new Float64Array(count);
  const grower = createGrower(columns, spec.leaves, unitHessian);
  const trees: BoostedTree[] = [];

  for (let iteration = 1; iteration <= iterations; iteration++) {
    objective.derivatives(scores, rows.target, gradients, hessians);
    const grown: BoostedTree[] = [];
    for (let output = 0; output < outputs; output++) {
      // Gives an abort that waits in the event loop its turn.
      await setImmediate();
      throwIfAborted(signal);
      const gradientScale = toFixedPoint(gradients[output], rows, sums.gradient);
      const hessianScale = sums.hessian === undefined ? 1 : toFixedPoint(hessians[output], rows, sums.hessian);
      const tree = grower.grow(sums, limitsOf(spec, gradientScale, hessianScale));
      grown.push(inRealUnits(tree, spec.learningRate, gradientScale, hessianScale, scores[output]));
    }
    if (grown.every(({ tree }) => tree.feature.length === 1)) break;
    trees.push(...grown);
    onProgress?.(iteration, iterations);
    if (watch !== undefined && isOver(watch, objective, grown, iteration)) break;
  }
  return trees;
}

/** Limits in the fixed point of a tree: a gain there is the real one times the square of the gradients' scale by that of the hessians. */
function limitsOf(spec: GbdtSpec, gradientScale: number, hessianScale: number): SplitLimits {
  return {
    minRows: spec.minRows,
    minHessian: Math.max(spec.minHessian * hessianScale, Number.MIN_VALUE),
    l2: spec.l2 * hessianScale,
    minGain: (spec.minGain * gradientScale * gradientScale) / hessianScale,
  };
}

/** Takes a tree out of fixed point and adds its leaves to the scores of the rows they hold. */
function inRealUnits(
  { tree, value, gain, leaves, order }: GrownTree,
  learningRate: number,
  gradientScale: number,
  hessianScale: number,
  scores: Float64Array,
): BoostedTree {
  const step = learningRate * (hessianScale / gradientScale);
  const gainUnit = hessianScale / gradientScale / gradientScale;
  const stepped = value.map((leaf) => leaf * step);
  for (const { node, begin, end } of leaves) {
    for (let i = begin; i < end; i++) scores[order[i]] += stepped[node];
  }
  return { tree, value: stepped, gain: gain.map((split) => split * gainUnit) };
}

function watchOf(
  spec: GbdtSpec,
  { validation, iterations }: FitOptions,
  features: readonly string[],
  base: readonly number[],
): Watch | undefined {
  if (spec.earlyStopping === undefined || validation === undefined || iterations !== undefined) return undefined;
  const rows = weightedRows(validation);
  return {
    rows,
    columns: modelColumns(rows.matrix, features),
    scores: base.map((score) => new Float64Array(rows.target.length).fill(score)),
    patience: spec.earlyStopping,
    bestLoss: Number.POSITIVE_INFINITY,
    bestIteration: 0,
  };
}

/** Takes an iteration's trees in; true once the loss has not become smaller for as long as the patience lasts. */
function isOver(watch: Watch, objective: Objective, grown: readonly BoostedTree[], iteration: number): boolean {
  grown.forEach(({ tree, value }, output) => {
    addTree(tree, watch.columns, watch.scores[output], value);
  });
  const loss = objective.meanLoss(watch.scores, watch.rows);
  if (loss < watch.bestLoss) {
    watch.bestLoss = loss;
    watch.bestIteration = iteration;
  }
  return iteration - watch.bestIteration >= watch.patience;
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new ForewarnError("INTERRUPTED_FIT", { problem: "training was interrupted", cause: signal.reason });
}
