import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../src/core/random.ts";
import { featurize } from "../../../src/features/apply.ts";
import { bundleOf } from "../../../src/features/custom/bundle.ts";
import { operatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { type Featurizer, featurizerOf, narrowFeaturizer } from "../../../src/features/featurizer.ts";
import { correlationOf, perCycle, rolling } from "../../../src/features/index.ts";
import { onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { custom } from "../../../src/features/words/custom.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";
import { record, SECOND, volts } from "./support/cycles-at.ts";
import { countedSpecs, fleetOf, type RandomRow, timedSpecs } from "./support/random-cycles.ts";

const gap = operatingCycles({ gap: "30s" });

function rawOf(specs: readonly FeatureSpec[], fleet: Parameters<typeof describeFleet>[0], cycles = gap): Featurizer {
  const plan = planFeatures(specs, describeFleet(fleet), { cycles });
  return featurizerOf(
    plan,
    plan.rawNames.map((name) => ({ from: "raw", name })),
  );
}

test("features that could not be computed leave nothing behind of cycles that would have closed by then", () => {
  const text = "export function f({ cutoff }) { if (cutoff === 150e6) throw new Error('no'); return 1; }";
  const failing = {
    ...custom("mine", { over: "1h", reads: "volt", module: "f.js", export: "f" }),
    bundle: bundleOf("f.js", { "f.js": text }),
  };
  const count = rolling("volt_mean_cycle", { over: "7d", stats: "count" });
  const online = onlineFeaturizer(rawOf([perCycle("volt", "mean"), count, failing], record(volts({ 0: 1 }))));
  const add = (second: number) => online.addReading({ machine: "m", time: second * SECOND, volt: second });
  for (const second of [0, 100, 110]) add(second);
  const before = online.save();
  assert.throws(() => online.featuresAt("m", 150 * SECOND), { code: "PIPELINE_CUSTOM_FAILED" });
  assert.deepEqual(online.save(), before);
  add(120);
  assert.deepEqual([...online.featuresAt("m", 200 * SECOND)], [110, 1, 1]);
});

/** Cycles of one to four rows of two tables, a minute apart or more. */
function longRecord(cycles: number): RandomRow[] {
  const numbers = random(7, "long record");
  const rows: RandomRow[] = [];
  let second = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    second += 10 + Math.floor(numbers.uniform() * 20);
    for (let row = 0; row <= cycle % 4; row++) {
      second += 1;
      const table = row % 2 === 0 ? "t" : "u";
      const values: Record<string, number> =
        table === "t" ? { volt: numbers.normal(), running: 1 } : { flow: numbers.normal() };
      rows.push({ machine: "m1", time: second * SECOND, knownAt: second * SECOND, table, values });
    }
  }
  return rows;
}

test("of a long record no more cycles are kept than windows reach, and they give the bits of the batch path to its end", async () => {
  const pair = correlationOf("volt_mean_cycle", "flow_max_cycle", { over: ["9c", "3m"], resetOn: "maintenance" });
  const cycles = operatingCycles({ gap: "5s", late: "4s" });
  const first: RandomRow = { machine: "m1", time: 0, knownAt: 0, table: "u", values: {} };
  const rows = [first, ...longRecord(1_200)];
  const fleet = fleetOf(rows);
  const featurizer = rawOf([...countedSpecs, ...timedSpecs, pair], fleet, cycles);
  const online = onlineFeaturizer(featurizer, { telemetry: { t: ["volt", "running"], u: ["flow"] }, late: "12s" });
  const seen: { cutoff: number; values: Float32Array }[] = [];
  const sizes: number[] = [];
  for (const [i, row] of rows.entries()) {
    if (i > 3 && rows[i - 1].time < 60 * SECOND && row.time >= 60 * SECOND)
      online.addEvent("maintenance", { machine: "m1", time: 60 * SECOND });
    online.addReading({ flow: null, ...row, ...row.values }, { table: row.table });
    if (i % 300 === 299) sizes.push(online.save().length);
    if (i % 37 !== 0 || i + 1 === rows.length) continue;
    for (const cutoff of [row.time - 12 * SECOND, row.time, rows[i + 1].time - 1])
      if (cutoff >= 0) seen.push({ cutoff, values: online.featuresAt("m1", cutoff) });
  }
  const { names, columns } = await featurize(featurizer, fleet, {
    machines: ["m1"],
    machine: new Uint32Array(seen.length),
    cutoff: Float64Array.from(seen, ({ cutoff }) => cutoff),
  });
  for (const [row, { cutoff, values }] of seen.entries())
    for (const [i, name] of names.entries())
      assert.ok(Object.is(values[i], columns[i][row]), `${name} at ${cutoff}: ${values[i]}, ${columns[i][row]}`);
  const [early, late] = [sizes[1], sizes[sizes.length - 1]];
  assert.ok(late < 1.2 * early, `${sizes}`);
});

const twoTables = makeFleet({
  time: "timestamp",
  machines: ["m"],
  telemetry: {
    a: [0, 100, 160].map((second) => ({ time: second * SECOND, values: { volt: second } })),
    b: [130, 145].map((second) => ({ time: second * SECOND, values: { flow: 1 } })),
  },
});
const narrow = narrowFeaturizer(rawOf([perCycle("volt", ["mean", "max"], { count: true })], twoTables), [
  "volt_mean_cycle",
  "cycle_count",
]);

test("rows of a table that no feature reads make cycles by gaps too, and tables other than those of the plan are refused", async () => {
  assert.deepEqual(narrow.plan.schema.cycles?.tables, ["a", "b"]);
  const [a, b] = twoTables.telemetry;
  const at = (fleet: typeof twoTables) => featurize(narrow, fleet, cutoffsAt(fleet, [190 * SECOND]));
  const { columns } = await at(twoTables);
  assert.deepEqual(
    columns.map((column) => column[0]),
    [130, 4],
  );
  const online = onlineFeaturizer(narrow, { telemetry: { a: ["volt"], b: [] } });
  for (const second of [0, 100])
    online.addReading({ machine: "m", time: second * SECOND, volt: second }, { table: "a" });
  for (const second of [130, 145]) online.addReading({ machine: "m", time: second * SECOND, flow: 1 }, { table: "b" });
  online.addReading({ machine: "m", time: 160 * SECOND, volt: 160 }, { table: "a" });
  assert.deepEqual([...online.featuresAt("m", 190 * SECOND)], [130, 4]);

  await assert.rejects(at({ ...twoTables, telemetry: [a] }), { code: "DATA_TABLE_MISSING" });
  assert.throws(() => onlineFeaturizer(narrow, { telemetry: { a: ["volt"] } }), { code: "DATA_TABLE_MISSING" });
  assert.throws(() => onlineFeaturizer(narrow), { code: "DATA_TABLE_MISSING" });
  const more = { ...twoTables, telemetry: [a, b, { ...b, name: "c", sensors: {} }] };
  assert.deepEqual((await at(more)).columns, columns);
  const alone = rawOf([perCycle("volt", "mean")], { ...twoTables, telemetry: [a] });
  await assert.rejects(featurize(alone, twoTables, cutoffsAt(twoTables, [190 * SECOND])), {
    code: "DATA_TABLE_AMBIGUOUS",
  });
});

test("online, rows of a table that the plan did not know end no pause", () => {
  const online = onlineFeaturizer(narrow, { telemetry: { a: ["volt"], b: [], c: [] } });
  for (const second of [0, 100])
    online.addReading({ machine: "m", time: second * SECOND, volt: second }, { table: "a" });
  online.addReading({ machine: "m", time: 120 * SECOND }, { table: "c" });
  assert.deepEqual([...online.featuresAt("m", 130 * SECOND)], [100, 1]);
});
