import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { alarmsOf, contextOf, predictionsOf, tell } from "./timeline.ts";

test("an alarm is raised at the first high score and stays open for the horizon", () => {
  assert.deepEqual(alarmsOf({ machines: ["..###......"], horizon: 4 }), ["2-6 false"]);
});

test("a score equal to the threshold is high", () => {
  const story = { machines: ["..#.."], horizon: 4 };
  const at = (threshold: number) =>
    evaluate({
      predictions: predictionsOf(story),
      folds: [{ name: "only", trained: 0, threshold }],
      alarms: contextOf(story),
      seed: 1,
    }).alarms.length;
  assert.equal(at(1), 1);
  assert.equal(at(1.0000001), 0);
});

test("a score still high when the alarm lapses raises a new one, which is counted", () => {
  assert.deepEqual(alarmsOf({ machines: ["..########."], horizon: 4 }), ["2-6 false", "6-10 false"]);
  assert.equal(tell({ machines: ["..########."], horizon: 4 }).metrics.falseAlarms, 2);
});

test("an alarm raised at once when one lapsed continues it, one raised later does not", () => {
  const continues = (machine: string) =>
    tell({ machines: [machine], horizon: 4 }).alarms.map((a) => a.continues ?? false);
  assert.deepEqual(continues("..########."), [false, true]);
  assert.deepEqual(continues("..####.###."), [false, false]);
});

test("an alarm of another machine is never continued", () => {
  const { alarms } = tell({ machines: ["...#", "#..."], horizon: 4 });
  assert.deepEqual(
    alarms.map(({ continues }) => continues),
    [undefined, undefined],
  );
});

test("alarms of one machine do not silence another", () => {
  const { alarms } = tell({ machines: ["..#...", "...#.."], horizon: 4 });
  assert.deepEqual(
    alarms.map(({ machine, raisedAt }) => [machine, raisedAt]),
    [
      [0, 2],
      [1, 3],
    ],
  );
});

test("a failure ends the alarm, and a high score after it raises a new one", () => {
  // The row at the failure's instant is out of observation.
  const story = { machines: ["..### ##..."], failures: [[0, 5]] as const, horizon: 6 };
  assert.deepEqual(alarmsOf(story), ["2-5 true", "6-12 false"]);
});

test("a planned replacement ends the alarm, which is listed apart", () => {
  const story = { machines: ["..###......"], planned: [[0, 5]] as const, horizon: 6 };
  assert.deepEqual(alarmsOf(story), ["2-5 planned"]);
  const { metrics } = tell(story);
  assert.equal(metrics.endedByPlanned, 1);
  assert.equal(metrics.falseAlarms, 0);
  assert.equal(metrics.alarms, 1);
});

test("a replacement is not known at its own instant: the alarm is still open there, and a new one can only come after it", () => {
  const story = { machines: ["..#######.."], planned: [[0, 5]] as const, horizon: 6 };
  assert.deepEqual(alarmsOf(story), ["2-5 planned", "6-12 false"]);
});

test("a replacement at the instant of the alarm came before it and ends nothing", () => {
  assert.deepEqual(alarmsOf({ machines: ["..#........"], planned: [[0, 2]], horizon: 4 }), ["2-6 false"]);
});

test("a replacement at the very end of the horizon ends the alarm, one after it does not", () => {
  assert.deepEqual(alarmsOf({ machines: ["..#........"], planned: [[0, 6]], horizon: 4 }), ["2-6 planned"]);
  assert.deepEqual(alarmsOf({ machines: ["..#........"], planned: [[0, 7]], horizon: 4 }), ["2-6 false"]);
});

test("a replacement on another machine ends nothing", () => {
  assert.deepEqual(alarmsOf({ machines: ["..#........", "..........."], planned: [[1, 4]], horizon: 4 }), [
    "2-6 false",
  ]);
});

test("an alarm is true up to a failure at the very end of its horizon and false beyond", () => {
  assert.deepEqual(alarmsOf({ machines: ["..#... ...."], failures: [[0, 6]], horizon: 4 }), ["2-6 true"]);
  assert.deepEqual(alarmsOf({ machines: ["..#.... ..."], failures: [[0, 7]], horizon: 4 }), ["2-6 false"]);
});

test("an alarm raised within the lead time is late, neither true nor false", () => {
  const story = { machines: ["....#. ...."], failures: [[0, 6]] as const, horizon: 4, leadTime: 3 };
  assert.deepEqual(alarmsOf(story), ["4-6 late"]);
  assert.equal(tell(story).metrics.falseAlarms, 0);
});

test("an alarm that a planned replacement ended is true when a failure follows within its horizon all the same", () => {
  const story = { machines: ["..#... ...."], failures: [[0, 6]] as const, planned: [[0, 4]] as const, horizon: 4 };
  assert.deepEqual(alarmsOf(story), ["2-4 true"]);
  assert.equal(tell(story).metrics.caught, 1);
});

test("a row that is not evaluated raises nothing, and time passes over it", () => {
  assert.deepEqual(alarmsOf({ machines: ["#----#...."], horizon: 4 }), ["0-4 false", "5-9 false"]);
});

test("each row is held against the threshold of its own fold, and an open alarm goes on over the border of folds", () => {
  const story = { machines: ["..#####...."], horizon: 3 };
  const predictions = { ...predictionsOf(story), fold: Uint16Array.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1) };
  const folds = (first: number, second: number) => [
    { name: "first", trained: 0, threshold: first },
    { name: "not used", trained: 0, threshold: null, skipped: "no failure in training" },
    { name: "second", trained: 0, threshold: second },
  ];
  const raised = (first: number, second: number) =>
    evaluate({ predictions, folds: folds(first, second), alarms: contextOf(story), seed: 1 }).alarms.map(
      (a) => a.raisedAt,
    );
  assert.deepEqual(raised(0.5, 0.5), [2, 5]);
  assert.deepEqual(raised(2, 0.5), [4]);
  assert.deepEqual(raised(0.5, 2), [2]);
});
