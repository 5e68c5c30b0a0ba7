/** The rule of thumb. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { alarmScores } from "../../../src/training/alarm-score.ts";
import { loadModel, SCHEDULE_THRESHOLD, scheduleRule } from "../../../src/training/index.ts";
import { BINARY, fit, LIFE, setOf } from "../data.ts";

const N = Number.NaN;
const used = { schedule_a_used: [0.2, 0.4, 0.9, 1.1, N, N], schedule_b_used: [0.1, 0.8, N, 0.3, 1.3, N] };

test("the score is the largest share used, unknown shares skipped, and 0 where all are unknown", async () => {
  const set = setOf(BINARY, { other: [9, 9, 9, 9, 9, 9], ...used }, [0, 0, 0, 1, 1, 0]);
  const model = await fit(scheduleRule(), set);
  assert.deepEqual(model.features, ["schedule_a_used", "schedule_b_used"]);
  assert.deepEqual([...model.raw(set.matrix)], [...Float32Array.of(0.2, 0.8, 0.9, 1.1, 1.3, 0)]);
  assert.equal(SCHEDULE_THRESHOLD, 1);
});

test("the probability is the training failure rate of rows like it, never falling with the share", async () => {
  // Rates by share: 0, then 0 and 1 pooled with 1 and 0 (a fall), then 1.
  const share = [0.1, 0.2, 0.5, 0.6, 0.7, 0.8, 1.1, 1.2];
  const set = setOf(BINARY, { schedule_a_used: share }, [0, 0, 1, 0, 1, 0, 1, 1]);
  const model = await fit(scheduleRule(), set);
  const least = Math.fround(0.5 / 9);
  const most = Math.fround(1 - 0.5 / 9);
  assert.deepEqual([...model.link(model.raw(set.matrix))], [least, least, 0.5, 0.5, 0.5, 0.5, most, most]);
  assert.deepEqual([...model.link(Float32Array.of(-1, 0.49, 0.5, 1.09, 1.1, 9))], [least, least, 0.5, 0.5, most, most]);
});

test("classes: the component most overdue, and none while nothing is due", async () => {
  const task = { kind: "multiclass", classes: ["none", "a", "b"] } as const;
  const set = setOf(task, used, [0, 0, 0, 1, 2, 0]);
  const model = await fit(scheduleRule(), set);
  const raw = [...model.raw(set.matrix)];
  const rows = Array.from({ length: 6 }, (_, row) => raw.slice(3 * row, 3 * row + 3));
  assert.deepEqual(rows[3], [1, ...Float32Array.of(1.1, 0.3)]);
  assert.deepEqual(
    rows.map((scores) => scores.indexOf(Math.max(...scores))),
    [0, 0, 0, 1, 2, 0],
  );
  const linked = model.link(model.raw(set.matrix));
  assert.ok(linked[3 * 3 + 1] > 0.4 && linked[1] < 0.1);
});

test("an alarm means that a component is due, with several classes as with two", async () => {
  const task = { kind: "multiclass", classes: ["none", "a", "b"] } as const;
  const classes = await fit(scheduleRule(), setOf(task, used, [0, 0, 0, 1, 2, 0]));
  const binary = await fit(scheduleRule(), setOf(BINARY, used, [0, 0, 0, 1, 1, 0]));
  const scores = [classes, loadModel(JSON.parse(JSON.stringify(classes.toJSON()))), binary].map((model) => [
    ...alarmScores(model, model.raw(setOf(task, used, [0, 0, 0, 1, 2, 0]).matrix)),
  ]);
  assert.deepEqual(scores[0], [...Float32Array.of(0.2, 0.8, 0.9, 1.1, 1.3, 0)]);
  assert.deepEqual(scores[1], scores[0]);
  assert.deepEqual(scores[2], scores[0]);
});

test("a component's column is found by its name as features spell it, and a class without one scores 0", async () => {
  const task = { kind: "multiclass", classes: ["none", "main pump", "valve"] } as const;
  const set = setOf(task, { schedule_main_pump_used: [0.5, 1.5] }, [0, 1]);
  const model = await fit(scheduleRule(), set);
  assert.deepEqual([...model.raw(set.matrix)], [1, 0.5, 0, 1, 1.5, 0]);
});

test("remaining life falls with the share used and is held to the cap", async () => {
  const set = setOf(LIFE, { schedule_a_used: [0, 0.5, 0.6, 1, 2] }, [100, 40, 60, 20, 0]);
  const model = await fit(scheduleRule(), set);
  assert.deepEqual([...model.link(model.raw(set.matrix))], [100, 50, 50, 20, 0]);
  const json = JSON.parse(JSON.stringify(model.toJSON()));
  const capped = loadModel({ ...json, task: { kind: "regression", cap: 30 } });
  assert.deepEqual([...capped.link(model.raw(set.matrix))], [30, 30, 30, 20, 0]);
});

test("without schedule columns the pipeline is told what to add, or why what it learned is none", async () => {
  await assert.rejects(fit(scheduleRule(), setOf(BINARY, { volt_mean_3h: [1, 2] }, [0, 1])), (error) => {
    assert.ok(error instanceof ForewarnError && error.code === "PIPELINE_SCHEDULE_MISSING");
    assert.match(error.message, /schedule_<component>_used/);
    assert.match(error.details.hint ?? "", /learnedSchedule.*too few replacements or failures/);
    return true;
  });
});

test("a damaged step function is MODEL_INVALID", async () => {
  const model = await fit(scheduleRule(), setOf(BINARY, used, [0, 0, 0, 1, 1, 0]));
  const json = JSON.parse(JSON.stringify(model.toJSON()));
  for (const steps of [
    [],
    [{ from: [0, 1], value: [0.1] }],
    [{ from: [1, 0], value: [0.1, 0.2] }],
    [{ from: [0, 0], value: [0.1, 0.2] }],
    [{ from: [0, 1], value: [0.1, 1.2] }],
    [{ from: [], value: [] }],
    [json.steps[0], json.steps[0]],
  ]) {
    assert.throws(() => loadModel({ ...json, steps }), { code: "MODEL_INVALID" });
  }
});

test("a rule needs a name and knows no other option", () => {
  assert.deepEqual(scheduleRule(), { learner: "scheduleRule", name: "schedule", baseline: true });
  assert.throws(() => scheduleRule({ name: "" }), { code: "PIPELINE_SCHEDULE" });
  assert.throws(() => scheduleRule({ nam: "x" } as { name?: string }), { code: "PIPELINE_SCHEDULE", message: /nam/ });
});
