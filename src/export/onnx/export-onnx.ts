/** Writes a model as an ONNX file: input "features", outputs "raw" and "predicted", equal bytes for equal models. */
import { ForewarnError } from "../../core/errors.ts";
import { canonicalJson } from "../../core/json.ts";
import { outputsOf } from "../../labels/labels.ts";
import type { TreeModel } from "../../training/gbdt/trees.ts";
import type { Model } from "../../training/learner.ts";
import type { ScheduleModel } from "../../training/schedule/model.ts";
import { FLOAT, type Graph } from "./attributes.ts";
import { linkNodes } from "./link.ts";
import { INPUT, PREDICTED, RAW } from "./names.ts";
import { scheduleGraph } from "./schedule-rule.ts";
import { ModelProto } from "./schema.ts";
import { treeEnsembleNode } from "./tree-ensemble.ts";

/** What the file says about itself, as metadata that any reader of ONNX shows. */
export interface OnnxMetadata {
  /** The model's name. */
  name: string;
  /** The version of forewarn that writes the file. */
  producerVersion: string;
  /** The hash of the featurizer whose columns the model reads. */
  featurizerHash: string;
  /** Alarms are raised at raw scores from here on; null for regression. */
  threshold: number | null;
}

/**
 * The bytes of the ONNX file. "features" is N x features (float32, missing is NaN), "raw" and "predicted" are N x outputs.
 * @throws MODEL_NO_ONNX when the learner has no form in ONNX.
 */
export function exportOnnx(model: Model, metadata: OnnxMetadata): Uint8Array {
  const { nodes, initializers } = graphOf(model);
  const outputs = outputsOf(model.task);
  const file = {
    // The lowest that have all operators used and initializers that are not inputs: every runtime since 2019 reads it.
    irVersion: 4,
    opsetImport: [
      { domain: "", version: 9 },
      { domain: "ai.onnx.ml", version: 1 },
    ],
    producerName: "forewarn",
    producerVersion: metadata.producerVersion,
    graph: {
      name: metadata.name,
      node: nodes,
      initializer: initializers,
      input: [tensor(INPUT, model.features.length)],
      output: [tensor(RAW, outputs), tensor(PREDICTED, outputs)],
    },
    metadataProps: [
      { key: "features", value: canonicalJson(model.features) },
      { key: "featurizer", value: metadata.featurizerHash },
      { key: "learner", value: model.learner },
      { key: "model", value: metadata.name },
      { key: "task", value: canonicalJson(model.task) },
      { key: "threshold", value: String(metadata.threshold) },
    ],
  };
  return ModelProto.encode(ModelProto.fromObject(file)).finish();
}

/** From the features to raw scores and predictions. */
function graphOf(model: Model): Graph {
  if (isTreeModel(model)) {
    const { nodes, initializers } = linkNodes(model.task, RAW, PREDICTED);
    return { nodes: [treeEnsembleNode(model.ensemble, INPUT, RAW), ...nodes], initializers };
  }
  if (isScheduleModel(model)) return scheduleGraph(model, INPUT, RAW, PREDICTED);
  throw new ForewarnError("MODEL_NO_ONNX", {
    problem: "this learner cannot be written as ONNX",
    expected: "gbdt or scheduleRule",
    found: model.learner,
  });
}

function isTreeModel(model: Model): model is TreeModel {
  return model.learner === "gbdt" && "ensemble" in model;
}

function isScheduleModel(model: Model): model is ScheduleModel {
  return model.learner === "scheduleRule" && "steps" in model;
}

function tensor(name: string, columns: number) {
  return {
    name,
    type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimParam: "N" }, { dimValue: columns }] } } },
  };
}
