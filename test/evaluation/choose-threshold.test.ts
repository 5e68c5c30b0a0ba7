import assert from "node:assert/strict";
import { test } from "node:test";
import { NEVER } from "../../src/evaluation/candidate-thresholds.ts";
import { chooseThreshold } from "../../src/evaluation/choose-threshold.ts";
import { contextOf, predictionsOf, type Story } from "./timeline.ts";

/** Two machines, the first fails at 6; the horizon is 4, so its rows 2 to 5 are positive. */
const story: Story = { machines: ["...... ...", "....... .."], failures: [[0, 6]], horizon: 4, every: 1 };

function choose(first: number[], second: number[], costs?: { missed: number; falseAlarm: number; planned: number }) {
  const predictions = { ...predictionsOf(story), score: Float64Array.of(...first, ...second) };
  return chooseThreshold({ predictions, ...contextOf(story), costs });
}

const quiet = [0, 0, 0, 0, 0, 0, 0, 0, 0];

test("the threshold has the lowest cost: here a false alarm is worth the failure caught", () => {
  const chosen = choose([0, 0, 2, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0, 0], {
    missed: 100,
    falseAlarm: 10,
    planned: 1,
  });
  assert.deepEqual(chosen, { threshold: 2, by: "cost", value: 11 });
});

test("where no alarm is worth its price the threshold is one that no score reaches, and JSON keeps it", () => {
  const chosen = choose([0, 0, 2, 0, 0, 0, 0, 0, 0], [3, 0, 0, 0, 0, 0, 0, 0, 0], {
    missed: 5,
    falseAlarm: 10,
    planned: 1,
  });
  assert.deepEqual(chosen, { threshold: NEVER, by: "cost", value: 5 });
  assert.equal(JSON.parse(JSON.stringify(NEVER)), NEVER);
});

test("among thresholds of one cost the highest is taken", () => {
  const chosen = choose([0, 0, 5, 4, 3, 0, 0, 0, 0], quiet, { missed: 100, falseAlarm: 10, planned: 1 });
  assert.equal(chosen.threshold, 5);
  const equal = choose([0, 0, 2, 0, 0, 0, 0, 0, 0], quiet, { missed: 1, falseAlarm: 10, planned: 1 });
  assert.equal(equal.threshold, NEVER);
});

test("without costs the threshold with the best F1 over rows is taken, the highest among equals", () => {
  // All four positive rows and one healthy one are at or above 2: F1 is 8 / 9; at 3 it is 6 / 7.
  assert.deepEqual(choose([0, 0, 3, 3, 3, 2, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0, 0]), {
    threshold: 2,
    by: "f1",
    value: 8 / 9,
  });
});

test("among thresholds of one F1 the highest is taken", () => {
  // At 9: one of four positive rows, nothing else, F1 2/5. At 5: two of four among six rows, F1 4/10.
  const chosen = choose([5, 5, 9, 5, 0, 0, 0, 0, 0], [5, 5, 0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(chosen, { threshold: 9, by: "f1", value: 0.4 });
});

test("where no failure was wholly observed there is no cost to compare, and F1 decides", () => {
  const cut = { ...story, machines: ["  .... ...", "....... .."], horizon: 5 };
  const predictions = { ...predictionsOf(cut), score: Float64Array.of(1, 1, 1, 1, 0, 0, 0, ...quiet) };
  const chosen = chooseThreshold({ predictions, ...contextOf(cut), costs: { missed: 1, falseAlarm: 1, planned: 1 } });
  assert.deepEqual(chosen, { threshold: 1, by: "f1", value: 1 });
});

test("where nothing fails no alarm is ever raised", () => {
  const calm = { ...story, failures: [] };
  const chosen = chooseThreshold({ predictions: predictionsOf(calm), ...contextOf(calm) });
  assert.deepEqual(chosen, { threshold: NEVER, by: "nothing", value: null });
});

test("among tens of thousands of scores the best few at the top are still told apart", () => {
  // The failing machine has the third highest of 20,000 distinct scores; the two above it would be false alarms.
  const long: Story = {
    machines: [`...... ${".".repeat(9_993)}`, ".".repeat(10_000)],
    failures: [[0, 6]],
    horizon: 4,
    every: 1,
  };
  const predictions = predictionsOf(long);
  const score = predictions.score.map((_, row) => -row);
  [score[2], score[12_000], score[14_000]] = [100, 102, 101];
  const chosen = chooseThreshold({
    predictions: { ...predictions, score },
    ...contextOf(long),
    costs: { missed: 100, falseAlarm: 10, planned: 1 },
  });
  assert.deepEqual(chosen, { threshold: 100, by: "cost", value: 21 });
});
