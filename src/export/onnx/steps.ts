/** Step functions of raw scores in ONNX, exact in float64, and the predictions of the rule of thumb made of them. */
import type { Task } from "../../labels/labels.ts";
import type { Steps } from "../../training/isotonic.ts";
import { DOUBLE, FLOAT, type Graph, int, ints, type Node, node } from "./attributes.ts";
import { type LeafWeight, type TreeNode, treeRegressorNode } from "./tree-regressor.ts";

/** A float64 is the exact sum of so many float32. */
const PARTS = 3;

/** From raw scores (N x outputs) to predictions; for several classes steps[i] reads the score of class i + 1. */
export function stepNodes(task: Task, steps: readonly Steps[], raw: string, predicted: string): Graph {
  const nodes: TreeNode[] = [];
  const leaves: LeafWeight[] = [];
  for (const [tree, { from, value }] of steps.entries()) {
    const root = nodes.length;
    const grow = (low: number, high: number): number => {
      const at = nodes.length - root;
      if (low === high) {
        nodes.push({ tree, node: at, mode: "LEAF" });
        for (const [part, float32] of parts(held(task, value[low])).entries()) {
          leaves.push({ tree, node: at, output: part * steps.length + tree, value: float32 });
        }
        return at;
      }
      const middle = (low + high + 1) >>> 1;
      const feature = task.kind === "multiclass" ? tree + 1 : 0;
      const branch = { tree, node: at, mode: "BRANCH_LT", feature, threshold: from[middle], missingLeft: 0 } as const;
      nodes.push({ ...branch, left: 0, right: 0 });
      const left = grow(low, middle - 1);
      nodes[root + at] = { ...branch, left, right: grow(middle, high) };
      return at;
    };
    grow(0, from.length - 1);
  }
  const base = new Array<number>(PARTS * steps.length).fill(0);
  const trees = treeRegressorNode({ name: "steps", input: raw, output: "step_parts", base, nodes, leaves });
  const slices = Array.from({ length: PARTS }, (_, part) =>
    columns("step_parts_float64", part * steps.length, (part + 1) * steps.length, `step_part_${part}`),
  );
  const values = [
    trees,
    node("Cast", ["step_parts"], "step_parts_float64", [int("to", DOUBLE)]),
    ...slices,
    node("Add", ["step_part_0", "step_part_1"], "step_most"),
    node("Add", ["step_most", "step_part_2"], "step_values"),
  ];
  if (task.kind !== "multiclass") {
    return { nodes: [...values, node("Cast", ["step_values"], predicted, [int("to", FLOAT)])], initializers: [] };
  }
  return {
    nodes: [...values, ...shares(steps.length, predicted)],
    initializers: [
      { name: "one_float64", dims: [], dataType: DOUBLE, doubleData: [1] },
      { name: "zero_float64", dims: [], dataType: DOUBLE, doubleData: [0] },
    ],
  };
}

/** The components' chances beside what they leave for "none", scaled to sum to 1: added one by one, as the model does. */
function shares(components: number, predicted: string): Node[] {
  const nodes = Array.from({ length: components }, (_, i) => columns("step_values", i, i + 1, `chance_${i}`));
  let any = "chance_0";
  for (let i = 1; i < components; i++) {
    nodes.push(node("Add", [any, `chance_${i}`], `any_${i}`));
    any = `any_${i}`;
  }
  return [
    ...nodes,
    node("Sub", ["one_float64", any], "left_over"),
    node("Max", ["left_over", "zero_float64"], "none"),
    node("Add", ["none", any], "total"),
    node("Concat", ["none", "step_values"], "chances", [int("axis", 1)]),
    node("Div", ["chances", "total"], "shares"),
    node("Cast", ["shares"], predicted, [int("to", FLOAT)]),
  ];
}

function columns(from: string, start: number, end: number, output: string): Node {
  return node("Slice", [from], output, [ints("axes", [1]), ints("starts", [start]), ints("ends", [end])]);
}

function held(task: Task, value: number): number {
  return task.kind === "regression" ? Math.min(Math.max(value, 0), task.cap ?? Number.POSITIVE_INFINITY) : value;
}

/** Float32 numbers whose sum, first to last, is the value. */
function parts(value: number): number[] {
  const result: number[] = [];
  for (let rest = value; result.length < PARTS; ) {
    result.push(Math.fround(rest));
    rest -= result[result.length - 1];
  }
  return result;
}
