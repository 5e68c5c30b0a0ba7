/**
 * The nodes between the raw scores of trees and their predictions. Probabilities are computed in float64: in float32 onnxruntime's Sigmoid is off by
 * thousands of ulp from scores of 10 on, and its Softmax by tens; its float64 Sigmoid stops falling at -18, so it is spelled out.
 */
import type { Task } from "../../labels/labels.ts";
import { DOUBLE, FLOAT, float, type Graph, int, node } from "./attributes.ts";

/** From a tensor of raw scores to one of predictions, both N x outputs. */
export function linkNodes(task: Task, raw: string, predicted: string): Graph {
  if (task.kind === "regression") {
    const limits = [float("min", 0), ...(task.cap === undefined ? [] : [float("max", task.cap)])];
    return { nodes: [node("Clip", [raw], predicted, limits)], initializers: [] };
  }
  const wide = node("Cast", [raw], "raw_float64", [int("to", DOUBLE)]);
  const narrow = (from: string) => node("Cast", [from], predicted, [int("to", FLOAT)]);
  if (task.kind === "multiclass") {
    const softmax = node("Softmax", ["raw_float64"], "softmax", [int("axis", 1)]);
    return { nodes: [wide, softmax, narrow("softmax")], initializers: [] };
  }
  return {
    nodes: [
      wide,
      node("Neg", ["raw_float64"], "negated"),
      node("Exp", ["negated"], "exponential"),
      node("Add", ["exponential", "one"], "denominator"),
      node("Reciprocal", ["denominator"], "logistic"),
      narrow("logistic"),
    ],
    initializers: [{ name: "one", dims: [], dataType: DOUBLE, doubleData: [1] }],
  };
}
