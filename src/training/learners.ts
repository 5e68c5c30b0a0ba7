/** Which learner a spec names, and which one a model on disk came from: an explicit table. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { gbdtLearner } from "./gbdt/learner.ts";
import type { Learner, LearnerSpec, Model } from "./learner.ts";
import { invalidModel } from "./model-door.ts";
import { scheduleLearner } from "./schedule/learner.ts";

const learners: Readonly<Record<string, Learner>> = { gbdt: gbdtLearner, scheduleRule: scheduleLearner };

/** @throws PIPELINE_LEARNER_UNKNOWN */
export function learnerOf(spec: LearnerSpec): Learner {
  const learner = named(spec.learner);
  if (learner !== undefined) return learner;
  throw new ForewarnError("PIPELINE_LEARNER_UNKNOWN", {
    problem: "a pipeline names a learner that does not exist",
    found: spec.learner,
    where: `learners, ${spec.name}`,
    hint: didYouMean(spec.learner, Object.keys(learners)),
  });
}

/** Reads any learner's model. @throws MODEL_INVALID */
export function loadModel(json: unknown): Model {
  const name = (json as { learner?: unknown } | null | undefined)?.learner;
  const learner = typeof name === "string" ? named(name) : undefined;
  if (learner !== undefined) return learner.load(json);
  throw invalidModel(
    typeof name === "string"
      ? `no learner is called ${name}; ${didYouMean(name, Object.keys(learners))}`
      : "it names no learner",
    "learner",
  );
}

function named(name: string): Learner | undefined {
  return Object.hasOwn(learners, name) ? learners[name] : undefined;
}
