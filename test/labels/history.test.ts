import assert from "node:assert/strict";
import { test } from "node:test";
import { buildHistory } from "../../src/labels/history.ts";
import { buildFleet, type EventRow } from "./build-fleet.ts";

const at = (time: number, kind?: string): EventRow => ({ machine: "m", time, kind });
const historyOf = (failures: EventRow[], maintenance: EventRow[] | undefined, mergeWithin?: string) =>
  buildHistory(
    buildFleet({
      telemetry: [{ m: [0] }],
      events: { failures, ...(maintenance === undefined ? {} : { maintenance }) },
    }),
    { of: "failures", mergeWithin },
  );
const repairs = (failures: EventRow[], maintenance: EventRow[]) =>
  historyOf(failures, maintenance).failures.map(({ component, time, repairedAt }) => [component, time, repairedAt]);
const plannedIn = ({ planned }: ReturnType<typeof buildHistory>) =>
  planned.map(({ component, time }) => [component, time]);

test("the repair is the first maintenance record of the component at or after the failure", () => {
  assert.deepEqual(repairs([at(10, "a")], [at(9, "a"), at(11, "b"), at(12, "a"), at(15, "a")]), [["a", 10, 12]]);
});

test("a record at the failure's own instant is its repair", () => {
  assert.deepEqual(repairs([at(10, "a")], [at(10, "a"), at(15, "a")]), [["a", 10, 10]]);
});

test("a record at or after the component's next failure repairs that one", () => {
  assert.deepEqual(repairs([at(10, "a"), at(20, "a")], [at(20, "a")]), [
    ["a", 10, undefined],
    ["a", 20, 20],
  ]);
});

test("maintenance records that repair nothing are planned replacements", () => {
  const history = historyOf([at(10, "a")], [at(9, "a"), at(10, "a"), at(10, "b"), at(15, "a")]);
  assert.deepEqual(plannedIn(history), [
    ["a", 9],
    ["b", 10],
    ["a", 15],
  ]);
});

test("components are all that fail or are replaced, sorted by bytes", () => {
  assert.deepEqual(historyOf([at(1, "b")], [at(2, "a"), at(3, "C")]).components, ["C", "a", "b"]);
});

test("failures of a component less than mergeWithin after one another are one, at the first's instant", () => {
  const failures = [at(10, "a"), at(11, "b"), at(14, "a"), at(18, "a"), at(23, "a")];
  const merged = (within?: string) =>
    historyOf(failures, [], within).failures.map(({ component, time }) => component + time);
  assert.deepEqual(merged(), ["a10", "b11", "a14", "a18", "a23"]);
  assert.deepEqual(merged("5c"), ["a10", "b11", "a23"], "each is less than 5 after the one before; 23 is 5 after 18");
});

test("maintenance during a merged failure belongs to its repair, none of it is planned", () => {
  const history = historyOf([at(10, "a"), at(14, "a")], [at(10, "a"), at(12, "a"), at(15, "a"), at(16, "a")], "5c");
  assert.equal(history.failures[0].repairedAt, 10);
  assert.deepEqual(plannedIn(history), [["a", 16]]);
});

test("failures without kinds are of the component machine, and so is every maintenance record", () => {
  const history = historyOf([at(10)], [at(5, "pump"), at(12, "motor")]);
  assert.deepEqual(history.components, ["machine"]);
  assert.equal(history.failures[0].component, "machine");
  assert.equal(history.failures[0].repairedAt, 12);
  assert.deepEqual(plannedIn(history), [["machine", 5]]);
});

test("a maintenance record without a kind is one of every component, planned if it repairs none", () => {
  const history = historyOf([at(10, "a"), at(30, "b")], [at(5), at(12)]);
  assert.equal(history.failures[0].repairedAt, 12);
  assert.deepEqual(plannedIn(history), [
    ["a", 5],
    ["b", 5],
  ]);
});

test("failures without any maintenance table have no repair", () => {
  assert.deepEqual(historyOf([at(10, "a")], undefined).failures, [
    { machine: 0, component: "a", time: 10, knownAt: 10 },
  ]);
});

test("failures are sorted by machine, time, component, whatever their components' order", () => {
  const failures = [
    { machine: "n", time: 1, kind: "a" },
    { machine: "m", time: 9, kind: "a" },
    { machine: "m", time: 5, kind: "b" },
    { machine: "m", time: 5, kind: "a" },
  ];
  const fleet = buildFleet({ telemetry: [{ m: [0], n: [0] }], events: { failures } });
  const order = buildHistory(fleet, { of: "failures" }).failures.map((f) => `${f.machine} ${f.time} ${f.component}`);
  assert.deepEqual(order, ["0 5 a", "0 5 b", "0 9 a", "1 1 a"]);
});
