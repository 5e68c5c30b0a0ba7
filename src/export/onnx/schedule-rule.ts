/** The rule of thumb in ONNX: the largest share used of the columns a score goes by, then the steps that training found. */
import { LARGEST_FLOAT32 } from "../../training/float32.ts";
import type { Model } from "../../training/learner.ts";
import { scheduleColumn } from "../../training/schedule/columns.ts";
import type { ScheduleModel } from "../../training/schedule/model.ts";
import { SCHEDULE_THRESHOLD } from "../../training/schedule/options.ts";
import { BOOL, FLOAT, type Graph, INT64, type Initializer, int, ints, type Node, node } from "./attributes.ts";
import { stepNodes } from "./steps.ts";

/** From the features (N x F) to raw scores and predictions (N x outputs). */
export function scheduleGraph(model: ScheduleModel, features: string, raw: string, predicted: string): Graph {
  const { task, steps } = model;
  const scores = shareNodes(model, features, raw);
  const link = stepNodes(task, steps, raw, predicted);
  return {
    nodes: [...scores.nodes, ...link.nodes],
    initializers: [...scores.initializers, ...link.initializers],
  };
}

function shareNodes(model: Model, features: string, raw: string): Graph {
  const all = model.features.map((_, i) => i);
  const nodes: Node[] = [
    node("IsNaN", [features], "is_missing"),
    node("Cast", ["is_missing"], "missing", [int("to", FLOAT)]),
    node("Where", ["is_missing", "nothing", features], "known"),
  ];
  const initializers: Initializer[] = [
    { name: "nothing", dims: [], dataType: FLOAT, floatData: [Number.NEGATIVE_INFINITY] },
    { name: "largest_float32", dims: [], dataType: FLOAT, floatData: [LARGEST_FLOAT32] },
    { name: "zero", dims: [], dataType: FLOAT, floatData: [0] },
  ];
  const largestShare = (columns: readonly number[], output: string) => {
    const name = (part: string) => `${output}_${part}`;
    const rows = [ints("axes", [1]), int("keepdims", 1)];
    initializers.push({ name: name("columns"), dims: [columns.length], dataType: INT64, int64Data: columns });
    nodes.push(
      node("Gather", ["known", name("columns")], name("known"), [int("axis", 1)]),
      node("ReduceMax", [name("known")], name("largest"), rows),
      node("Min", [name("largest"), "largest_float32"], name("held")),
      node("Gather", ["missing", name("columns")], name("missing"), [int("axis", 1)]),
      node("ReduceMin", [name("missing")], name("all_missing"), rows),
      node("Cast", [name("all_missing")], name("is_unknown"), [int("to", BOOL)]),
      node("Where", [name("is_unknown"), "zero", name("held")], output),
    );
  };
  if (model.task.kind !== "multiclass") {
    largestShare(all, raw);
    return { nodes, initializers };
  }
  /** A column of one value, as long as the rows. */
  const constant = (value: number, output: string) => {
    initializers.push({ name: `${output}_value`, dims: [], dataType: FLOAT, floatData: [value] });
    nodes.push(node("Add", ["zeros", `${output}_value`], output));
  };
  nodes.push(
    node("ReduceMin", ["missing"], "any_number", [ints("axes", [1]), int("keepdims", 1)]),
    node("Mul", ["any_number", "zero"], "zeros"),
  );
  const outputs = model.task.classes.map((component, i) => {
    const output = `share_${i}`;
    const columns = all.filter((column) => model.features[column] === scheduleColumn(component));
    if (i === 0) constant(SCHEDULE_THRESHOLD, output);
    else if (columns.length === 0) constant(0, output);
    else largestShare(columns, output);
    return output;
  });
  nodes.push(node("Concat", outputs, raw, [int("axis", 1)]));
  return { nodes, initializers };
}
