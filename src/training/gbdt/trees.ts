/** The shape of boosted trees, as models keep them and exporters read them. */
import type { Task } from "../../labels/labels.ts";
import type { Model } from "../learner.ts";

/**
 * One tree as parallel arrays, one entry a node; node 0 is the root and children come after their parent.
 * A row whose value is <= the threshold goes left, compared in float32; a missing value (NaN) goes left where `missingLeft` is 1.
 */
export interface Tree {
  /** Index into the features; -1 marks a leaf. */
  feature: Int32Array;
  /** 0 in leaves. */
  threshold: Float32Array;
  /** 0 in leaves. */
  missingLeft: Uint8Array;
  /** Node indices; -1 in leaves. */
  left: Int32Array;
  right: Int32Array;
  /** What a leaf adds to the raw score; 0 in inner nodes. */
  value: Float32Array;
}

/**
 * The raw score of output k is `base[k]` plus the leaves of the trees i with i % outputs = k, where outputs = base.length: 1 for
 * binary (log odds) and regression (the value itself), one a class for multiclass (log of an unnormalised probability).
 * Base and leaf values of an output are multiples of one power of two, 2^-k, with |base| + sum of the trees' largest |leaf| below
 * 2^(24 - k): every partial sum is a float32, so float32 addition is exact in any order.
 */
export interface TreeEnsemble {
  task: Task;
  features: readonly string[];
  base: readonly number[];
  trees: readonly Tree[];
}

/** A model made of trees. */
export interface TreeModel extends Model {
  readonly learner: "gbdt";
  readonly ensemble: TreeEnsemble;
}

/** Adds each row's leaf to its score. `columns` are in the order of the features; `value` stands in for the tree's own. */
export function addTree(
  { feature, threshold, missingLeft, left, right, value: own }: Tree,
  columns: readonly Float32Array[],
  scores: Float64Array,
  value: Float32Array | Float64Array = own,
): void {
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    for (let column = feature[0]; column >= 0; column = feature[node]) {
      const x = columns[column][row];
      if (x <= threshold[node]) node = left[node];
      else if (x > threshold[node]) node = right[node];
      else node = missingLeft[node] === 1 ? left[node] : right[node];
    }
    scores[row] += value[node];
  }
}
