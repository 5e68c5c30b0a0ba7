import assert from "node:assert/strict";
import { test } from "node:test";
import type { Featurizer } from "../../../src/features/featurizer.ts";
import { featurizerOf } from "../../../src/features/featurizer.ts";
import { attributes, fleetFromRows, rolling, timeSince, usedSince } from "../../../src/features/index.ts";
import { onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import type { OnlineOptions } from "../../../src/features/online/online-options.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";

const fleet = fleetFromRows({
  time: "cycles",
  telemetry: [{ machine: "m", time: 0, volt: 1, flow: 1 }],
  events: { maintenance: [{ machine: "m", time: 0, kind: "a" }] },
  machines: [{ machine: "m", model: "x", weight: 1 }],
});

/** Every raw column of the specs. */
function featurizer(...specs: FeatureSpec[]): Featurizer {
  const plan = planFeatures(specs, describeFleet(fleet), { every: 1 });
  return featurizerOf(
    plan,
    plan.rawNames.map((name) => ({ from: "raw", name })),
  );
}

const sum = featurizer(rolling("volt", { over: "3c", stats: "sum" }));
const start = (options: OnlineOptions = {}) => onlineFeaturizer(sum, options);
const at = (time: number, volt: number | null = time) => ({ machine: "m", time, volt });

test("a window holds what was added", () => {
  const online = start();
  for (const time of [1, 2, 3, 4]) online.addReading(at(time));
  assert.deepEqual([...online.names], ["volt_sum_3c"]);
  assert.deepEqual([...online.featuresAt("m", 4)], [2 + 3 + 4]);
  assert.deepEqual([...online.featuresAt("m", 6)], [4]);
});

test("a late row is known from the clock it was added by, and not before", () => {
  const online = start({ late: "4c" });
  online.addReading(at(1));
  online.addReading(at(4));
  online.addReading(at(3), { now: 5 });
  assert.deepEqual([...online.featuresAt("m", 4)], [4]);
  assert.deepEqual([...online.featuresAt("m", 5)], [3 + 4]);
  online.addReading({ ...at(2), knownAt: 2 });
  assert.deepEqual([...online.featuresAt("m", 4)], [2 + 4]);
});

test("without a clock a late row is known from the machine's newest row on", () => {
  const online = start({ late: "4c" });
  online.addReading(at(4));
  online.addReading(at(3));
  assert.deepEqual([...online.featuresAt("m", 3)], [Number.NaN]);
  assert.deepEqual([...online.featuresAt("m", 4)], [7]);
});

test("a row later than allowed is refused, or dropped and counted", () => {
  const refusing = start({ late: "2c" });
  refusing.addReading(at(5));
  refusing.addReading(at(3));
  assert.throws(() => refusing.addReading(at(2)), {
    code: "TIME_TOO_LATE",
    message: /expected from 3 on, found 2 \(in m\)/,
  });
  assert.equal(refusing.dropped, 0);
  const dropping = start({ late: "2c", tooLate: "drop" });
  assert.equal(dropping.addReading(at(5)), true);
  assert.equal(dropping.addReading(at(2)), false);
  assert.equal(dropping.addEvent("maintenance", { machine: "m", time: 2 }), false);
  assert.equal(dropping.dropped, 2);
  assert.deepEqual([...dropping.featuresAt("m", 5)], [5]);
});

test("a machine's clock is its own", () => {
  const online = start();
  online.addReading({ machine: "a", time: 100, volt: 1 });
  assert.equal(online.addReading({ machine: "b", time: 1, volt: 2 }), true);
  assert.deepEqual(online.machines, ["a", "b"]);
});

test("a clock that is given keeps a row from the future from making others late", () => {
  const online = start({ late: "1c" });
  online.addReading(at(1_000_000), { now: 1 });
  online.addReading(at(2));
  assert.deepEqual([...online.featuresAt("m", 2)], [2]);
});

test("a row that is there already is refused, and changes nothing", () => {
  const online = start({ late: "3c" });
  online.addReading(at(1));
  online.addReading(at(2));
  assert.throws(() => online.addReading(at(1, 9)), { code: "DATA_DUPLICATE", message: /m at 1/ });
  assert.deepEqual([...online.featuresAt("m", 2)], [3]);
  const events = onlineFeaturizer(featurizer(timeSince("maintenance")), { late: "3c" });
  events.addEvent("maintenance", { machine: "m", time: 1, kind: "a" });
  events.addEvent("maintenance", { machine: "m", time: 1, kind: "b" });
  assert.throws(() => events.addEvent("maintenance", { machine: "m", time: 1, kind: "a" }), { code: "DATA_DUPLICATE" });
});

test("what is no reading is refused with its name, and the machine stays unknown", () => {
  const online = start();
  const add = (row: object) => () => online.addReading(row as ReturnType<typeof at>);
  assert.throws(add({ machine: "m", time: 1, volt: "1" }), { code: "DATA_COLUMN_TYPE", message: /volt/ });
  assert.throws(add({ machine: "m", time: 1, volts: 1 }), { code: "DATA_COLUMN_MISSING", message: /volts/ });
  assert.throws(add({ machine: "m", time: 1.5, volt: 1 }), { code: "DATA_INSTANT" });
  assert.throws(add({ time: 1, volt: 1 }), { code: "DATA_COLUMN_TYPE", message: /machine/ });
  assert.throws(() => online.addReading(at(1), { table: "other" }), { code: "USAGE_TABLE" });
  assert.throws(() => online.featuresAt("m", 1), { code: "DATA_MACHINE_UNKNOWN" });
  online.addReading(at(1, null));
  assert.deepEqual([...online.featuresAt("m", 1)], [Number.NaN]);
});

test("a cutoff further back than rows are kept for is refused", () => {
  const online = start({ late: "2c" });
  online.addReading(at(9));
  online.featuresAt("m", 7);
  assert.throws(() => online.featuresAt("m", 6), { code: "TIME_TOO_LATE", message: /expected from 7 on, found 6/ });
});

test("memory is what the windows reach, however long it goes on", () => {
  const online = start();
  for (let time = 1; time <= 2_000; time++) online.addReading(at(time));
  const { bytes } = online;
  for (let time = 2_001; time <= 20_000; time++) online.addReading(at(time));
  assert.equal(online.bytes, bytes);
  assert.deepEqual([...online.featuresAt("m", 20_000)], [19_998 + 19_999 + 20_000]);
});

test("no row that a window of an allowed cutoff holds is ever let go", () => {
  const online = start({ late: "4c" });
  for (let time = 1; time <= 300; time++) {
    online.addReading(at(time));
    for (let cutoff = Math.max(3, time - 4); cutoff <= time; cutoff++)
      assert.deepEqual([...online.featuresAt("m", cutoff)], [3 * cutoff - 3]);
  }
});

test("a machine with a short window takes less than 2 KB of rows", () => {
  const online = start();
  const machines = 5_000;
  for (let time = 1; time <= 20; time++)
    for (let machine = 0; machine < machines; machine++) online.addReading({ machine, time, volt: time });
  assert.ok(online.bytes / machines < 2_048, `${online.bytes / machines} bytes`);
  assert.deepEqual([...online.featuresAt(machines - 1, 20)], [18 + 19 + 20]);
});

test("an anchor and what has gone by since are never let go", () => {
  const online = onlineFeaturizer(featurizer(timeSince("maintenance"), usedSince("maintenance", { sensor: "volt" })));
  online.addReading(at(1, 1));
  online.addEvent("maintenance", { machine: "m", time: 2, kind: "a" });
  for (let time = 3; time <= 500; time++) online.addReading(at(time, time % 2));
  const features = Object.fromEntries(online.names.map((name, i) => [name, online.featuresAt("m", 500)[i]]));
  assert.equal(features["maintenance_a_timeSince"], 498);
  assert.equal(features["maintenance_a_usedSince_volt"], 249);
});

test("facts hold from their instant on, and new ones change nothing before it", () => {
  const age = featurizer(attributes("weight"));
  const online = onlineFeaturizer(age, { late: "9c", machines: [{ machine: "m", weight: 1 }] });
  online.addEvent("maintenance", { machine: "m", time: 3 });
  online.addReading(at(5));
  online.addFacts({
    machines: [
      { machine: "m", weight: 2, validFrom: 4 },
      { machine: "other", weight: 7 },
    ],
  });
  assert.deepEqual([[...online.featuresAt("m", 3)], [...online.featuresAt("m", 5)]], [[1], [2]]);
  online.addReading({ machine: "other", time: 1, volt: 1 });
  online.addReading({ machine: "unheard of", time: 1, volt: 1 });
  assert.deepEqual([...online.featuresAt("other", 1), ...online.featuresAt("unheard of", 1)], [7, Number.NaN]);
  assert.throws(() => online.addFacts({ machines: [{ machine: "m", weight: "heavy" }] }), { code: "DATA_COLUMN_TYPE" });
  assert.deepEqual([...online.featuresAt("m", 5)], [2]);
});

test("facts that the featurizer reads have to be given at the start", () => {
  assert.throws(() => onlineFeaturizer(featurizer(attributes("weight"))), { code: "DATA_COLUMN_MISSING" });
});

test("each of the sensors has to be in one of the tables", () => {
  const both = featurizer(rolling(["volt", "flow"], { over: "3c", stats: "sum" }));
  const telemetry = (tables: OnlineOptions["telemetry"]) => () => onlineFeaturizer(both, { telemetry: tables });
  assert.throws(telemetry({ a: ["volt"] }), { code: "DATA_COLUMN_MISSING", message: /flow/ });
  assert.throws(telemetry({ a: ["volt", "flow"], b: ["flow"] }), { code: "DATA_SENSOR_AMBIGUOUS" });
  const online = telemetry({ a: ["volt"], b: ["flow", "unread"] })();
  online.addReading({ machine: "m", time: 1, volt: 1 }, { table: "a" });
  online.addReading({ machine: "m", time: 1, flow: 2 }, { table: "b" });
  assert.deepEqual([...online.featuresAt("m", 1)], [1, 2]);
});

test("features are written where they are wanted", () => {
  const online = start();
  online.addReading(at(1));
  const into = new Float32Array(1);
  assert.equal(online.featuresAt("m", 1, into), into);
  assert.deepEqual([...into], [1]);
});
