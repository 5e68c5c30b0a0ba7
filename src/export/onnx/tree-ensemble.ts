/** Boosted trees as one ONNX node that gives their raw scores. */
import type { Tree, TreeEnsemble } from "../../training/gbdt/trees.ts";
import type { Node } from "./attributes.ts";
import { type LeafWeight, type TreeNode, treeRegressorNode } from "./tree-regressor.ts";

/** From the features (N x F) to the raw scores (N x outputs). */
export function treeEnsembleNode(ensemble: TreeEnsemble, features: string, raw: string): Node {
  const outputs = ensemble.base.length;
  // onnxruntime refuses an ensemble without nodes, and forgets the base of an output without leaves: a lone leaf of 0 changes nothing.
  const missing = Math.max(0, outputs - ensemble.trees.length);
  const trees = [...ensemble.trees, ...Array.from({ length: missing }, () => loneLeaf)];
  const nodes: TreeNode[] = [];
  const leaves: LeafWeight[] = [];
  for (const [t, tree] of trees.entries()) {
    for (let n = 0; n < tree.feature.length; n++) {
      if (tree.feature[n] < 0) {
        nodes.push({ tree: t, node: n, mode: "LEAF" });
        leaves.push({ tree: t, node: n, output: t % outputs, value: tree.value[n] });
      } else {
        nodes.push({
          tree: t,
          node: n,
          mode: "BRANCH_LEQ",
          feature: tree.feature[n],
          threshold: tree.threshold[n],
          left: tree.left[n],
          right: tree.right[n],
          missingLeft: tree.missingLeft[n],
        });
      }
    }
  }
  return treeRegressorNode({ name: "trees", input: features, output: raw, base: ensemble.base, nodes, leaves });
}

const loneLeaf: Tree = {
  feature: Int32Array.of(-1),
  threshold: Float32Array.of(0),
  missingLeft: Uint8Array.of(0),
  left: Int32Array.of(-1),
  right: Int32Array.of(-1),
  value: Float32Array.of(0),
};
