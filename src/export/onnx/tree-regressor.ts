/** The TreeEnsembleRegressor operator of ai.onnx.ml: trees over the columns of a float32 tensor, their leaves summed by output. */
import { floats, int, ints, type Node, text, texts } from "./attributes.ts";

export type TreeNode =
  | { tree: number; node: number; mode: "LEAF" }
  | {
      tree: number;
      /** Node 0 is the root of its tree. */
      node: number;
      /** A value <= (or <) the threshold goes left. */
      mode: "BRANCH_LEQ" | "BRANCH_LT";
      feature: number;
      threshold: number;
      left: number;
      right: number;
      /** 1 where a missing value goes left. */
      missingLeft: number;
    };

/** What a leaf adds to an output; a leaf may add to several. */
export interface LeafWeight {
  tree: number;
  node: number;
  output: number;
  value: number;
}

interface TreeRegressor {
  name: string;
  input: string;
  output: string;
  /** Added to the sums, one an output. */
  base: readonly number[];
  nodes: readonly TreeNode[];
  leaves: readonly LeafWeight[];
}

export function treeRegressorNode({ name, input, output, base, nodes, leaves }: TreeRegressor): Node {
  const branch = (member: "feature" | "threshold" | "left" | "right" | "missingLeft") =>
    nodes.map((node) => (node.mode === "LEAF" ? 0 : node[member]));
  return {
    opType: "TreeEnsembleRegressor",
    domain: "ai.onnx.ml",
    name,
    input: [input],
    output: [output],
    attribute: [
      text("aggregate_function", "SUM"),
      floats("base_values", base),
      int("n_targets", base.length),
      ints("nodes_falsenodeids", branch("right")),
      ints("nodes_featureids", branch("feature")),
      ints("nodes_missing_value_tracks_true", branch("missingLeft")),
      texts(
        "nodes_modes",
        nodes.map((node) => node.mode),
      ),
      ints(
        "nodes_nodeids",
        nodes.map((node) => node.node),
      ),
      ints(
        "nodes_treeids",
        nodes.map((node) => node.tree),
      ),
      ints("nodes_truenodeids", branch("left")),
      floats("nodes_values", branch("threshold")),
      text("post_transform", "NONE"),
      ints(
        "target_ids",
        leaves.map((leaf) => leaf.output),
      ),
      ints(
        "target_nodeids",
        leaves.map((leaf) => leaf.node),
      ),
      ints(
        "target_treeids",
        leaves.map((leaf) => leaf.tree),
      ),
      floats(
        "target_weights",
        leaves.map((leaf) => leaf.value),
      ),
    ],
  };
}
