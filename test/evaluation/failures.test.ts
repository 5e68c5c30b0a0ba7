import assert from "node:assert/strict";
import { test } from "node:test";
import { failuresOf, tell } from "./timeline.ts";

test("a failure is caught by an alarm in [failure - horizon, failure - lead time], both ends included", () => {
  const fared = (machine: string) => failuresOf({ machines: [machine], failures: [[0, 9]], horizon: 6, leadTime: 2 });
  assert.deepEqual(fared("...#..... ."), ["9 caught 6"]);
  assert.deepEqual(fared(".......#. ."), ["9 caught 2"]);
});

test("a failure warned of only within the lead time is late", () => {
  const story = { machines: ["........# ."], failures: [[0, 9]] as const, horizon: 6, leadTime: 2 };
  assert.deepEqual(failuresOf(story), ["9 late 1"]);
  const { metrics } = tell(story);
  assert.deepEqual([metrics.failures, metrics.caught, metrics.late, metrics.missed], [1, 0, 1, 0]);
});

test("a failure is missed when its only alarm lapsed before the failure's horizon", () => {
  // Raised at 2, open until 8, and low from then on: the failure at 9 is out of its sight.
  assert.deepEqual(failuresOf({ machines: ["..##..... ."], failures: [[0, 9]], horizon: 6 }), ["9 missed -"]);
  assert.deepEqual(failuresOf({ machines: ["......... ."], failures: [[0, 9]], horizon: 6 }), ["9 missed -"]);
});

test("warning time runs from the first alarm that counts", () => {
  // A planned replacement at 5 ends the alarm of 4; the one of 6 would count too.
  const story = { machines: ["....###... ."], failures: [[0, 10]] as const, planned: [[0, 5]] as const, horizon: 6 };
  assert.deepEqual(failuresOf(story), ["10 caught 6"]);
});

test("the warning of a late failure runs from its first late alarm", () => {
  const story = {
    machines: [".....#.#. ."],
    failures: [[0, 9]] as const,
    planned: [[0, 6]] as const,
    horizon: 8,
    leadTime: 5,
  };
  assert.deepEqual(failuresOf(story), ["9 late 4"]);
});

test("an alarm of the lead time does not hide an earlier one that counts", () => {
  const story = {
    machines: ["...#....## ."],
    failures: [[0, 10]] as const,
    planned: [[0, 4]] as const,
    horizon: 7,
    leadTime: 3,
  };
  assert.deepEqual(failuresOf(story), ["10 caught 7"]);
});

test("one alarm catches every failure in its horizon", () => {
  const story = {
    machines: ["..#.. .. ..."],
    failures: [
      [0, 5],
      [0, 8],
    ] as const,
    horizon: 6,
  };
  assert.deepEqual(failuresOf(story), ["5 partly observed 3", "8 caught 6"]);
  const longer = {
    machines: ["......#.. .. ..."],
    failures: [
      [0, 9],
      [0, 12],
    ] as const,
    horizon: 6,
  };
  assert.deepEqual(failuresOf(longer), ["9 caught 3", "12 caught 6"]);
});

test("components that fail on one machine at one instant are one failure", () => {
  const story = {
    machines: ["..#... ...."],
    failures: [
      [0, 6, "a"],
      [0, 6, "b"],
    ] as const,
    horizon: 4,
  };
  const { failures, metrics } = tell(story);
  assert.deepEqual(
    failures.map(({ component }) => component),
    ["a+b"],
  );
  assert.equal(metrics.failures, 1);
});

test("a failure counts only if every cutoff of its warning interval is evaluated", () => {
  const fared = (machine: string) => failuresOf({ machines: [machine], failures: [[0, 8]], horizon: 5, leadTime: 2 });
  assert.deepEqual(fared("---..... ."), ["8 missed -"]);
  assert.deepEqual(fared("----.... ."), ["8 partly observed -"]);
  assert.deepEqual(fared("......-- ."), ["8 partly observed -"]);
  assert.deepEqual(fared(".......- ."), ["8 missed -"]);
});

test("a failure is partly observed when its warning interval begins before the machine's first cutoff or ends after its last", () => {
  const fared = (machine: string) => failuresOf({ machines: [machine], failures: [[0, 8]], horizon: 5, leadTime: 2 });
  assert.deepEqual(fared("    ...."), ["8 partly observed -"]);
  assert.deepEqual(fared("......"), ["8 partly observed -"]);
  assert.deepEqual(fared("   ...."), ["8 missed -"]);
});

test("a pause in observation inside the warning interval takes no cutoff away", () => {
  assert.deepEqual(failuresOf({ machines: ["..... .. ."], failures: [[0, 8]], horizon: 5 }), ["8 missed -"]);
});

test("on a grid coarser than time, only the ticks inside the interval must be evaluated", () => {
  // Cutoffs at 0, 5, 10, 15; the interval [4, 13] of the failure at 14 holds 5 and 10.
  const line = (zero: string) => `${zero}    .    .    . `;
  assert.deepEqual(failuresOf({ machines: [line("-")], failures: [[0, 14]], horizon: 10, every: 5 }), ["14 missed -"]);
  assert.deepEqual(failuresOf({ machines: [line(" ")], failures: [[0, 14]], horizon: 10, every: 5 }), ["14 missed -"]);
  assert.deepEqual(failuresOf({ machines: [line(" ")], failures: [[0, 10]], horizon: 10, every: 5 }), [
    "10 partly observed -",
  ]);
});

test("a failure without any evaluated row in its horizon is not listed", () => {
  assert.deepEqual(failuresOf({ machines: ["--- ....."], failures: [[0, 3]], horizon: 3 }), []);
});

test("partly observed failures are in no figure", () => {
  const story = { machines: ["-.#. ......"], failures: [[0, 4]] as const, horizon: 4 };
  const { metrics, curves } = tell(story, { missed: 100, falseAlarm: 10, planned: 1 });
  assert.deepEqual([metrics.failures, metrics.partlyObserved, metrics.caught, metrics.missed], [0, 1, 0, 0]);
  assert.equal(metrics.costWithoutModel, 0);
  assert.deepEqual(curves.warningTimes, []);
});

test("caught, late and missed add up to the failures counted, and warning times are those of the caught", () => {
  const story = {
    machines: ["#... .....", ".... .....", "...# .....", ".#.. ....."],
    failures: [
      [0, 4],
      [1, 4],
      [2, 4],
      [3, 4],
    ] as const,
    horizon: 4,
    leadTime: 2,
  };
  const { metrics, curves } = tell(story);
  assert.deepEqual([metrics.failures, metrics.caught, metrics.late, metrics.missed], [4, 2, 1, 1]);
  assert.deepEqual([metrics.warningShortest, metrics.warningMedian, metrics.warningLongest], [3, 3.5, 4]);
  assert.deepEqual(curves.warningTimes, [3, 4]);
});
