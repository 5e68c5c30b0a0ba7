/** A trained ensemble as a model: raw scores, their link, gains, JSON and back. */
import { z } from "zod";
import type { Json } from "../../core/json.ts";
import { exp, sigmoid } from "../../core/math.ts";
import type { Matrix } from "../../core/matrix.ts";
import { compareBytes } from "../../core/order.ts";
import { outputsOf, type Task } from "../../labels/labels.ts";
import { modelColumns } from "../model-columns.ts";
import { invalidModel, readModel, taskSchema } from "../model-door.ts";
import { addTree, type Tree, type TreeEnsemble, type TreeModel } from "./trees.ts";

/** `gain` is the total gain of the splits on each feature. */
export function gbdtModel(ensemble: TreeEnsemble, gain: readonly number[]): TreeModel {
  const { task, features, base, trees } = ensemble;
  const outputs = base.length;

  function raw(matrix: Matrix): Float32Array {
    const columns = modelColumns(matrix, features);
    const result = new Float32Array(matrix.rows * outputs);
    for (let output = 0; output < outputs; output++) {
      const scores = new Float64Array(matrix.rows).fill(base[output]);
      for (let i = output; i < trees.length; i += outputs) addTree(trees[i], columns, scores);
      for (let row = 0; row < matrix.rows; row++) result[row * outputs + output] = scores[row];
    }
    return result;
  }

  return {
    learner: "gbdt",
    task,
    features,
    iterations: trees.length / outputs,
    ensemble,
    raw,
    link: (scores) => link(task, scores),
    importance: () =>
      features
        .map((feature, i) => ({ feature, gain: gain[i] }))
        .sort((a, b) => b.gain - a.gain || compareBytes(a.feature, b.feature)),
    compact: () => compact(ensemble, gain),
    toJSON: () => ({ learner: "gbdt", version: 1, task, features, base, gain, trees: trees.map(treeJson) }) as Json,
  };
}

/** Only the features that a tree splits on; the first where there is no split at all, since a model without a column could not be exported. */
function compact(ensemble: TreeEnsemble, gain: readonly number[]): TreeModel {
  const split = new Set(ensemble.trees.flatMap(({ feature }) => [...feature]));
  const read = ensemble.features.flatMap((_, i) => (split.has(i) ? [i] : []));
  const kept = read.length === 0 && gain.length > 0 ? [0] : read;
  const place = new Map(kept.map((feature, i) => [feature, i]));
  const trees = ensemble.trees.map((tree) => ({ ...tree, feature: tree.feature.map((at) => place.get(at) ?? -1) }));
  const features = kept.map((at) => ensemble.features[at]);
  return gbdtModel(
    { ...ensemble, features, trees },
    kept.map((at) => gain[at]),
  );
}

/** Sigmoid, softmax in float64, or the value held to 0..cap; rounded to float32. */
function link(task: Task, raw: Float32Array): Float32Array {
  if (task.kind === "binary") return raw.map(sigmoid);
  if (task.kind === "regression") {
    const cap = task.cap ?? Number.POSITIVE_INFINITY;
    return raw.map((value) => Math.min(Math.max(value, 0), cap));
  }
  const classes = task.classes.length;
  const result = new Float32Array(raw.length);
  for (let start = 0; start < raw.length; start += classes) {
    const scores = raw.subarray(start, start + classes);
    const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const powers = Array.from(scores, (score) => exp(score - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (let k = 0; k < classes; k++) result[start + k] = powers[k] / sum;
  }
  return result;
}

function treeJson(tree: Tree): Record<keyof Tree, number[]> {
  return {
    feature: [...tree.feature],
    threshold: [...tree.threshold],
    missingLeft: [...tree.missingLeft],
    left: [...tree.left],
    right: [...tree.right],
    value: [...tree.value],
  };
}

const float32 = z.number().refine((value) => Math.fround(value) === value, "a number is no float32");
const index = z
  .number()
  .int()
  .min(-1)
  .max(2 ** 31 - 1);

const schema = z.strictObject({
  learner: z.literal("gbdt"),
  version: z.literal(1),
  task: taskSchema,
  features: z.array(z.string()),
  base: z.array(float32).min(1),
  gain: z.array(z.number().nonnegative()),
  trees: z.array(
    z.strictObject({
      feature: z.array(index).min(1),
      threshold: z.array(float32),
      missingLeft: z.array(z.union([z.literal(0), z.literal(1)])),
      left: z.array(index),
      right: z.array(index),
      value: z.array(float32),
    }),
  ),
});

/** Reads what `toJSON` wrote. @throws MODEL_INVALID */
export function loadGbdt(json: unknown): TreeModel {
  const { task, features, base, gain, trees } = readModel(schema, json);
  const outputs = outputsOf(task);
  if (base.length !== outputs) throw invalidModel(`${outputs} base scores are needed`, "base");
  if (trees.length % outputs !== 0) throw invalidModel(`the trees are no multiple of ${outputs}`, "trees");
  if (new Set(features).size !== features.length) throw invalidModel("a feature is named twice", "features");
  if (gain.length !== features.length) throw invalidModel("one gain a feature is needed", "gain");
  const loaded = trees.map((tree, i): Tree => {
    checkTree(tree, features.length, `trees[${i}]`);
    return {
      feature: Int32Array.from(tree.feature),
      threshold: Float32Array.from(tree.threshold),
      missingLeft: Uint8Array.from(tree.missingLeft),
      left: Int32Array.from(tree.left),
      right: Int32Array.from(tree.right),
      value: Float32Array.from(tree.value),
    };
  });
  return gbdtModel({ task, features, base, trees: loaded }, gain);
}

/** Every node but the root is the child of exactly one earlier node, so that there is no cycle and nothing out of reach. */
function checkTree(tree: z.infer<typeof schema>["trees"][number], features: number, where: string): void {
  const nodes = tree.feature.length;
  if (Object.values(tree).some((values) => values.length !== nodes))
    throw invalidModel("its arrays differ in length", where);
  const parents = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const children = [tree.left[node], tree.right[node]];
    if (tree.feature[node] >= features) throw invalidModel("it splits on a feature that is not there", where);
    if (tree.feature[node] < 0) {
      if (children.some((child) => child !== -1)) throw invalidModel("a leaf has a child", where);
      continue;
    }
    for (const child of children) {
      if (child <= node || child >= nodes) throw invalidModel("a child is out of range or before its parent", where);
      parents[child]++;
    }
  }
  if (parents.some((count, node) => count !== (node === 0 ? 0 : 1)))
    throw invalidModel("its nodes form no tree", where);
}
