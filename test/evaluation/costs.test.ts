import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { contextOf, predictionsOf, tell } from "./timeline.ts";

const costs = { missed: 100, falseAlarm: 10, planned: 1 };

test("a true alarm costs a planned repair, a false one a false alarm, a missed failure a miss", () => {
  const horizon = 4;
  assert.equal(tell({ machines: ["#... ....."], failures: [[0, 4]], horizon }, costs).metrics.cost, 1);
  assert.equal(tell({ machines: ["#........."], horizon }, costs).metrics.cost, 10);
  assert.equal(tell({ machines: [".... ....."], failures: [[0, 4]], horizon }, costs).metrics.cost, 100);
});

test("a late failure costs as much as a missed one, its alarm nothing", () => {
  assert.equal(
    tell({ machines: ["...# ....."], failures: [[0, 4]], horizon: 4, leadTime: 2 }, costs).metrics.cost,
    100,
  );
});

test("every true alarm costs a planned repair, also the second for one failure", () => {
  const story = { machines: ["..##.. ...."], failures: [[0, 6]] as const, planned: [[0, 2]] as const, horizon: 4 };
  assert.equal(tell(story, costs).metrics.cost, 1);
  const twice = { ...story, planned: [[0, 3]] as const, machines: ["..###. ...."] };
  assert.equal(tell(twice, costs).metrics.cost, 2);
});

test("an alarm ended by planned maintenance costs nothing", () => {
  assert.equal(tell({ machines: ["..#......."], planned: [[0, 4]], horizon: 4 }, costs).metrics.cost, 0);
});

test("without a model every failure is missed", () => {
  const story = {
    machines: ["#... .....", ".... ....."],
    failures: [
      [0, 4],
      [1, 4],
    ] as const,
    horizon: 4,
  };
  const { metrics } = tell(story, costs);
  assert.equal(metrics.costWithoutModel, 200);
  assert.equal(metrics.cost, 101);
});

test("the schedule pays a planned repair for each replacement it calls for, whatever comes of it", () => {
  const horizon = 4;
  const cost = (machine: string, failure?: number) =>
    tell({ machines: [machine], failures: failure === undefined ? [] : [[0, failure]], horizon }, costs, "schedule")
      .metrics.cost;
  assert.equal(cost("#........."), 1);
  assert.equal(cost("#... .....", 4), 1);
  assert.equal(cost(".... .....", 4), 100);
  assert.equal(cost("#.....#..."), 2);
});

test("a schedule that stays due calls for one replacement, not for one a horizon", () => {
  const story = { machines: ["##########"], horizon: 2 };
  assert.equal(tell(story, costs, "schedule").metrics.cost, 1);
  assert.equal(tell(story, costs).metrics.cost, 50);
  assert.equal(tell({ ...story, planned: [[0, 4]] }, costs, "schedule").metrics.cost, 2);
});

test("without costs the figures of cost are null and the others are not", () => {
  const { metrics } = tell({ machines: ["#... ....."], failures: [[0, 4]], horizon: 4 });
  assert.deepEqual([metrics.cost, metrics.costWithoutModel, metrics.costInterval], [null, null, null]);
  assert.equal(metrics.caught, 1);
});

test("machine-months are the observed hours of evaluated rows by 730.5", () => {
  const hours = 1461;
  const cutoff = Float64Array.from({ length: hours }, (_, hour) => hour * MICROS_PER_HOUR);
  const rows = { machines: ["m", "never seen"], machine: new Uint32Array(hours), cutoff };
  const score = Float64Array.from(cutoff, (_, hour) => (hour % 100 === 0 && hour < 300 ? 1 : 0));
  const { metrics } = evaluate({
    predictions: {
      task: { kind: "binary" },
      time: "timestamp",
      rows,
      fold: new Uint16Array(hours),
      target: new Float64Array(hours),
      predicted: Float32Array.from(score),
      score,
    },
    folds: [{ name: "only", trained: 0, threshold: 0.5 }],
    alarms: {
      history: { failures: [], planned: [], components: [] },
      cutoffs: rows,
      every: MICROS_PER_HOUR,
      horizon: 24 * MICROS_PER_HOUR,
    },
    seed: 1,
  });
  assert.equal(metrics.machineMonths, 2);
  assert.equal(metrics.falseAlarmsPerMachineMonth, 1.5);
});

test("for counters rates are per 1,000 cycles", () => {
  const { metrics } = tell({ machines: [`#${".".repeat(499)}`], horizon: 4 });
  assert.equal(metrics.machineMonths, 0.5);
  assert.equal(metrics.falseAlarmsPerMachineMonth, 2);
});

test("rows that are not evaluated are not observed time", () => {
  assert.equal(tell({ machines: [`#${"-".repeat(400)}${".".repeat(99)}`], horizon: 4 }).metrics.machineMonths, 0.1);
});

test("without a grid a row stands for the time to the next cutoff, a long pause for three median gaps at most", () => {
  // Cutoffs at 0, 2, 4, 6, 8 and, after a pause of 12, at 20: 2 + 2 + 2 + 2 + 6 + 2 cycles.
  const { metrics } = tell({ machines: [". . . . .           ."], horizon: 4 });
  assert.equal(metrics.machineMonths, 0.016);
});

test("a lead time longer than the horizon is refused", () => {
  assert.throws(() => tell({ machines: ["...."], horizon: 4, leadTime: 5 }), { code: "PIPELINE_LEAD_TIME" });
});

test("an evaluated row that is no cutoff is refused, since completeness could not be judged", () => {
  const story = { machines: ["...."], horizon: 2 };
  const alarms = contextOf({ machines: ["..-"], horizon: 2 });
  const folds = [{ name: "only", trained: 0, threshold: 0.5 }];
  assert.throws(() => evaluate({ predictions: predictionsOf(story), folds, alarms, seed: 1 }), {
    code: "BUG_ROW_NOT_A_CUTOFF",
  });
});
