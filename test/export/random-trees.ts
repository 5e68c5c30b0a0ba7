/** Random tree models on an exact leaf grid, and rows that lie where trees could go wrong: on thresholds, at infinities, missing. */
import { exp, sigmoid } from "../../src/core/math.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { type Random, random } from "../../src/core/random.ts";
import type { Task } from "../../src/labels/labels.ts";
import { addTree, type Tree, type TreeEnsemble, type TreeModel } from "../../src/training/gbdt/trees.ts";

const featureCount = 5;
const specials = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e-45, 3.4028234e38];

export interface Case {
  model: TreeModel;
  matrix: Matrix;
}

export function randomCase(seed: number, task: Task, { trees = 12, rows = 200 } = {}): Case {
  const generator = random(seed, "trees");
  const outputs = task.kind === "multiclass" ? task.classes.length : 1;
  const thresholds = Array.from({ length: 8 }, () => Math.fround(generator.normal())).concat(
    [0, Math.fround(0.1), 1e-45, Number.POSITIVE_INFINITY].map(Math.fround),
  );
  const features = Array.from({ length: featureCount }, (_, i) => `f${i}`);
  const ensemble: TreeEnsemble = {
    task,
    features,
    base: Array.from({ length: outputs }, () => onGrid(generator)),
    trees: Array.from({ length: trees * outputs }, () => randomTree(generator, thresholds)),
  };
  const columns = features.map(() =>
    Float32Array.from({ length: rows }, () => {
      const choice = generator.uniform();
      if (choice < 0.3) return specials[generator.integer(specials.length)];
      if (choice < 0.7) return thresholds[generator.integer(thresholds.length)];
      return generator.normal();
    }),
  );
  return { model: treeModel(ensemble), matrix: { rows, names: features, columns } };
}

/** The model as the definition of the ensemble says it, without any trainer. */
export function treeModel(ensemble: TreeEnsemble): TreeModel {
  const { task, features } = ensemble;
  return {
    learner: "gbdt",
    task,
    features,
    ensemble,
    raw(matrix) {
      const columns = features.map((name) => matrix.columns[matrix.names.indexOf(name)]);
      const outputs = ensemble.base.length;
      const raw = new Float32Array(matrix.rows * outputs);
      for (let output = 0; output < outputs; output++) {
        const scores = new Float64Array(matrix.rows).fill(ensemble.base[output]);
        for (let i = output; i < ensemble.trees.length; i += outputs) addTree(ensemble.trees[i], columns, scores);
        for (let row = 0; row < matrix.rows; row++) raw[row * outputs + output] = scores[row];
      }
      return raw;
    },
    link: (raw) => linkOf(task, raw),
    toJSON: () => null,
  };
}

function linkOf(task: Task, raw: Float32Array): Float32Array {
  if (task.kind === "binary") return raw.map(sigmoid);
  if (task.kind === "regression") return raw.map((x) => Math.max(0, Math.min(x, task.cap ?? Number.POSITIVE_INFINITY)));
  const outputs = task.classes.length;
  return raw.map((score, i) => {
    const row = raw.subarray(i - (i % outputs), i - (i % outputs) + outputs);
    const largest = Math.max(...row);
    return exp(score - largest) / row.reduce((sum, other) => sum + exp(other - largest), 0);
  });
}

function randomTree(generator: Random, thresholds: readonly number[]): Tree {
  const nodes: {
    feature: number;
    threshold: number;
    missingLeft: number;
    left: number;
    right: number;
    value: number;
  }[] = [];
  const grow = (depth: number): number => {
    const at = nodes.length;
    const leaf = depth === 4 || generator.uniform() < 0.25;
    const node = { feature: -1, threshold: 0, missingLeft: 0, left: -1, right: -1, value: 0 };
    nodes.push(node);
    if (leaf) {
      node.value = onGrid(generator);
      return at;
    }
    node.feature = generator.integer(featureCount);
    node.threshold = thresholds[generator.integer(thresholds.length)];
    node.missingLeft = generator.integer(2);
    node.left = grow(depth + 1);
    node.right = grow(depth + 1);
    return at;
  };
  grow(0);
  return {
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float32Array.from(nodes, (node) => node.threshold),
    missingLeft: Uint8Array.from(nodes, (node) => node.missingLeft),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float32Array.from(nodes, (node) => node.value),
  };
}

/** A multiple of 2^-18 below 1, so that sums of up to 60 of them are exact in float32. */
function onGrid(generator: Random): number {
  return (generator.integer(2 ** 19) - 2 ** 18) / 2 ** 18;
}
