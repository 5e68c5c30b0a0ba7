/** The boosting loop: tree counts, early stopping, interruption, progress, cap, classes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { objectiveOf } from "../../../src/training/gbdt/objective.ts";
import { gbdt } from "../../../src/training/index.ts";
import type { Model, TrainingSet } from "../../../src/training/learner.ts";
import { BINARY, CLASSES, fit, LIFE, modelText, setOf, trainingSet } from "../data.ts";

/** The mean loss of a model's raw scores on a set. */
function lossOf(model: Model, set: TrainingSet): number {
  const raw = model.raw(set.matrix);
  const outputs = set.task.kind === "multiclass" ? set.task.classes.length : 1;
  const scores = Array.from({ length: outputs }, (_, k) =>
    Float64Array.from(raw.filter((_score, i) => i % outputs === k)),
  );
  const weight = new Float64Array(set.target.length).fill(1);
  return objectiveOf(set.task).meanLoss(scores, { target: set.target, weight, totalWeight: weight.length });
}

for (const task of [BINARY, CLASSES, LIFE]) {
  test(`${task.kind}: early stopping keeps the trees up to the least validation loss`, async () => {
    const train = trainingSet(task, 150, 31);
    const validation = trainingSet(task, 300, 32);
    const options = { trees: 80, leaves: 8, minRows: 2, learningRate: 0.3 };
    const stopped = await fit(gbdt({ ...options, earlyStopping: 10 }), train, { validation });
    const iterations = stopped.iterations as number;
    assert.ok(iterations > 0 && iterations < 70, `${iterations} iterations`);
    const losses: number[] = [];
    for (let trees = 1; trees <= iterations + 10; trees++) {
      losses.push(lossOf(await fit(gbdt({ ...options, trees }), train), validation));
    }
    assert.equal(losses.indexOf(Math.min(...losses)) + 1, iterations);
    assert.equal(modelText(await fit(gbdt(options), train, { iterations })), modelText(stopped));
  });
}

test("without validation rows, or with the iterations fixed, nothing is stopped early", async () => {
  const train = trainingSet(BINARY, 150, 31);
  const spec = gbdt({ trees: 40, leaves: 8, minRows: 2, learningRate: 0.5, earlyStopping: 1 });
  assert.equal((await fit(spec, train)).iterations, 40);
  const validation = trainingSet(BINARY, 300, 32);
  assert.ok(((await fit(spec, train, { validation })).iterations as number) < 25);
  assert.equal((await fit(spec, train, { validation, iterations: 25 })).iterations, 25);
});

test("the iterations asked for may be more than the setting's trees", async () => {
  const model = await fit(gbdt({ trees: 3, minRows: 5 }), trainingSet(LIFE, 100, 1), { iterations: 7 });
  assert.equal(model.iterations, 7);
});

test("a validation set without a column of the model is refused", async () => {
  const validation = setOf(BINARY, { other: [1, 2] }, [0, 1]);
  const spec = gbdt({ trees: 3, minRows: 5, earlyStopping: 2 });
  await assert.rejects(fit(spec, trainingSet(BINARY, 100, 1), { validation }), { code: "MODEL_FEATURE_MISSING" });
});

test("an abort that comes while trees grow ends the fit before the next tree", async () => {
  const controller = new AbortController();
  let last = 0;
  const onProgress = (done: number): void => {
    last = done;
    if (done === 3) controller.abort();
  };
  const fitted = fit(gbdt({ minRows: 5 }), trainingSet(BINARY, 200, 1), { signal: controller.signal, onProgress });
  await assert.rejects(fitted, { code: "INTERRUPTED_FIT" });
  assert.equal(last, 3);
});

test("an abort from a timer is seen while the fit runs", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 5);
  const fitted = fit(gbdt({ trees: 100_000, minRows: 5 }), trainingSet(LIFE, 500, 1), { signal: controller.signal });
  await assert.rejects(fitted, { code: "INTERRUPTED_FIT" });
});

test("columns that cannot part the rows leave the base score", async () => {
  const set = setOf(BINARY, { same: [1, 1, 1, 1] }, [0, 0, 0, 1]);
  const model = await fit(gbdt({ minRows: 1 }), set);
  assert.deepEqual([model.features, model.iterations], [[], 0]);
  const linked = model.link(model.raw(set.matrix));
  for (const probability of linked) assert.ok(Math.abs(probability - 0.25) < 1e-6);
});

test("remaining life is held to 0..cap, without a cap to 0 and more", async () => {
  const set = setOf({ kind: "regression", cap: 50 }, { x: [1, 2, 3, 4] }, [0, 0, 50, 50]);
  const capped = await fit(gbdt({ trees: 1, minRows: 1 }), set);
  assert.deepEqual([...capped.link(Float32Array.of(-3, 20.5, 70))], [0, 20.5, 50]);
  const open = await fit(gbdt({ trees: 1, minRows: 1 }), { ...set, task: { kind: "regression" } });
  assert.deepEqual([...open.link(Float32Array.of(-3, 20.5, 70))], [0, 20.5, 70]);
});

test("a class that no training row has stays unlikely and everything finite", async () => {
  const set = trainingSet(CLASSES, 200, 3);
  const target = set.target.map((value) => Math.min(value, 1));
  const model = await fit(gbdt({ trees: 30, minRows: 5 }), { ...set, target });
  const linked = model.link(model.raw(set.matrix));
  assert.equal(model.iterations, 30);
  for (let row = 0; row < 200; row++) assert.ok(linked[3 * row + 2] < 1e-4 && linked[3 * row] > 0);
});

test("targets of any size are learned alike", async () => {
  const set = trainingSet(LIFE, 200, 4);
  const spec = gbdt({ trees: 20, minRows: 5 });
  const own = (await fit(spec, set)).raw(set.matrix);
  for (const factor of [2 ** -60, 2 ** 60]) {
    const scaled = await fit(spec, { ...set, target: set.target.map((value) => value * factor) });
    assert.deepEqual(
      scaled.raw(set.matrix),
      own.map((value) => value * factor),
    );
  }
});

test("importance lists every feature, the most useful first", async () => {
  const model = await fit(gbdt({ trees: 20, minRows: 5 }), trainingSet(LIFE, 400, 5));
  const gains = model.importance?.() ?? [];
  assert.deepEqual(gains.map((entry) => entry.feature).sort(), [...model.features].sort());
  assert.equal(gains[0].feature, "schedule_comp1_used");
  assert.equal(gains.at(-1)?.feature, "noise");
  assert.ok(gains.every((entry, i) => i === 0 || entry.gain <= gains[i - 1].gain));
});
