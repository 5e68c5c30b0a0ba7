/** The losses and their derivatives. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../src/core/random.ts";
import type { Task } from "../../../src/labels/labels.ts";
import { objectiveOf } from "../../../src/training/gbdt/objective.ts";
import { BINARY, CLASSES, LIFE } from "../data.ts";

/** Loss by the raw scores of one row; squared error is halved, as its gradient is. */
function lossOf(task: Task, scores: readonly number[], target: number): number {
  const one = { target: Float64Array.of(target), weight: Float64Array.of(1), totalWeight: 1 };
  const loss = objectiveOf(task).meanLoss(
    scores.map((score) => Float64Array.of(score)),
    one,
  );
  return task.kind === "regression" ? loss / 2 : loss;
}

for (const task of [BINARY, CLASSES, LIFE]) {
  const outputs = task.kind === "multiclass" ? 3 : 1;

  test(`${task.kind}: first and second derivatives agree with finite differences of the loss`, () => {
    const numbers = random(5);
    const objective = objectiveOf(task);
    for (let turn = 0; turn < 40; turn++) {
      const scores = Array.from({ length: outputs }, () => 3 * numbers.normal());
      const target = task.kind === "regression" ? numbers.normal() : numbers.integer(outputs === 1 ? 2 : outputs);
      const gradients = scores.map(() => new Float64Array(1));
      const hessians = scores.map(() => Float64Array.of(1));
      objective.derivatives(
        scores.map((score) => Float64Array.of(score)),
        Float64Array.of(target),
        gradients,
        hessians,
      );
      for (let k = 0; k < outputs; k++) {
        const at = (shift: number): number => lossOf(task, scores.with(k, scores[k] + shift), target);
        const step = 1e-4;
        const first = (at(step) - at(-step)) / (2 * step);
        assert.ok(Math.abs(gradients[k][0] - first) < 1e-6, `${gradients[k][0]} is not ${first}`);
        const wide = 1e-3;
        const second = (at(wide) - 2 * at(0) + at(-wide)) / wide ** 2;
        assert.ok(Math.abs(hessians[k][0] - second) < 1e-5, `${hessians[k][0]} is not ${second}`);
      }
    }
  });

  test(`${task.kind}: the base score has the least loss of all constants`, () => {
    const numbers = random(6);
    const target = Float64Array.from({ length: 50 }, () => numbers.integer(outputs === 1 ? 2 : outputs));
    const weight = Float64Array.from({ length: 50 }, () => 1 + numbers.integer(3));
    const rows = { target, weight, totalWeight: weight.reduce((sum, w) => sum + w, 0) };
    const objective = objectiveOf(task);
    const base = objective.base(rows);
    const at = (scores: readonly number[]): number =>
      objective.meanLoss(
        scores.map((score) => new Float64Array(50).fill(score)),
        rows,
      );
    for (let k = 0; k < outputs; k++) {
      for (const shift of [-0.01, 0.01]) assert.ok(at(base.with(k, base[k] + shift)) > at(base));
    }
  });
}

test("the loss of a far-off score is finite", () => {
  assert.equal(lossOf(BINARY, [-2000], 1), 2000);
  assert.equal(lossOf(BINARY, [-2000], 0), 0);
  assert.equal(lossOf(CLASSES, [2000, 0, 0], 1), 2000);
});
