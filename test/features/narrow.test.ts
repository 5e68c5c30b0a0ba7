/** A featurizer that gives fewer columns computes the same bits from less. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Fleet } from "../../src/core/fleet.ts";
import { applyFeaturizer, featurize } from "../../src/features/apply.ts";
import { type Featurizer, featurizerToJson, fitFeaturizer, narrowFeaturizer } from "../../src/features/featurizer.ts";
import * as words from "../../src/features/index.ts";
import { narrowSpecs } from "../../src/features/narrow-specs.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { readFeaturizer } from "../../src/features/read.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { bitsOf, rawMatrix } from "./support/compute.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, instants, randomRows } from "./support/random-fleet.ts";

/** A featurizer fitted on every row, with what it was fitted on. */
async function fitted(rows: FleetRows, specs: readonly FeatureSpec[], at: readonly number[]) {
  const fleet = makeFleet(rows);
  const cutoffs = cutoffsAt(fleet, at);
  const raw = await rawMatrix(fleet, specs, cutoffs);
  const all = Uint32Array.from(cutoffs.cutoff.keys());
  const featurizer = fitFeaturizer(planFeatures(specs, describeFleet(fleet)), fleet, cutoffs, raw, all);
  return { fleet, cutoffs, raw, featurizer };
}

/** The fleet with nothing that the featurizer does not name: sensors, event tables, attributes, reference tables. */
function withoutUnread(fleet: Fleet, { plan: { schema } }: Featurizer): Fleet {
  const pick = <Value>(from: Readonly<Record<string, Value>>, names: readonly string[]) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  const { machineTable, schedule, limits, ...rest } = fleet;
  return {
    ...rest,
    telemetry: fleet.telemetry.map((table) => ({ ...table, sensors: pick(table.sensors, schema.sensors) })),
    events: pick(fleet.events, Object.keys(schema.events)),
    ...(machineTable && {
      machineTable: { ...machineTable, attributes: pick(machineTable.attributes, Object.keys(schema.attributes)) },
    }),
    ...(schema.schedule && { schedule }),
    ...(schema.limits && { limits }),
  };
}

test("whatever columns are left, they have the same bits, and of the fleet only what they read is needed", async () => {
  const chosen = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, chosen, async (rows, specs, at, picks) => {
      const { fleet, cutoffs, raw, featurizer } = await fitted(rows, specs, at);
      const names = [...new Set(picks.map((pick) => featurizer.names[Math.floor(pick * featurizer.names.length)]))];
      const narrow = readFeaturizer(JSON.parse(JSON.stringify(featurizerToJson(narrowFeaturizer(featurizer, names)))));
      assert.deepEqual(narrow.names, names);
      const all = bitsOf(applyFeaturizer(featurizer, raw));
      const wanted = Object.fromEntries(names.map((name) => [name, all[name]]));
      assert.deepEqual(bitsOf(applyFeaturizer(narrow, raw)), wanted);
      assert.deepEqual(bitsOf(await featurize(narrow, withoutUnread(fleet, narrow), cutoffs)), wanted);
      assert.deepEqual(narrowFeaturizer(narrow, names), narrow);
    }),
    { seed: 20150301, numRuns: 60 },
  );
});

test("sensors, windows, statistics, tables and limits that no column needs leave the plan", async () => {
  const { featurizer } = await fitted(
    {
      telemetry: { t: [{ time: 1, values: { volt: 1, rotate: 2, flow: 3 } }] },
      events: { errors: [{ time: 1, kind: "e1" }], maintenance: [{ time: 1, kind: "a" }] },
      machineTable: [{ attributes: { age: 3, size: 2 } }],
      limits: ["flow", "volt"].map((sensor) => ({ sensor, match: {}, validFrom: 0, low: 0, high: 2 })),
    },
    [
      words.rolling(["volt", "rotate"], { over: ["1c", "2c"], stats: ["mean", "max"], resetOn: "maintenance" }),
      words.countOf("errors", { over: "3c" }),
      words.limitMargin("limits"),
      words.attributes("age", "size"),
      words.derive("excess", words.minus("rotate_max_2c", "age")),
    ],
    [2],
  );
  const { plan } = narrowFeaturizer(featurizer, ["excess", "flow_limitMargin"]);
  assert.deepEqual(plan.specs, [
    words.rolling("rotate", { over: "2c", stats: "max", resetOn: "maintenance" }),
    words.limitMargin("limits"),
    words.attributes("age"),
  ]);
  assert.deepEqual(plan.rawNames, ["rotate_max_2c", "flow_limitMargin", "age"]);
  assert.deepEqual(plan.schema, {
    time: "cycles",
    sensors: ["flow", "rotate"],
    events: { maintenance: { kinds: [], outcome: true } },
    attributes: { age: { type: "number" } },
    limits: ["flow"],
  });
  // Of two columns that share nothing everything stays that either needs.
  const both = narrowFeaturizer(featurizer, ["rotate_mean_1c", "volt_max_2c"]).plan;
  assert.deepEqual(both.specs, [
    words.rolling(["volt", "rotate"], { over: ["1c", "2c"], stats: ["mean", "max"], resetOn: "maintenance" }),
  ]);
  assert.deepEqual(both.rawNames, ["volt_max_2c", "rotate_mean_1c"]);
  assert.equal(plan.lookback, 3, "the limit's hold");
  assert.equal(narrowFeaturizer(featurizer, ["rotate_max_2c"]).plan.lookback, 2);
});

test("a derived column goes where training never saw what it is made of", async () => {
  const specs = [
    words.scheduleUsed(words.learnedSchedule({ of: "failures" }), { fromCommissioning: true }),
    words.derive("due", words.minus("schedule_a_used", 1)),
    words.derive("twice", words.times("due", 2)),
    words.rolling("volt", { over: "1c", stats: "mean" }),
  ];
  const failures = [{ time: 9, kind: "a" }];
  const rows = { telemetry: { t: [{ time: 1, values: { volt: 1 } }] }, events: { failures, maintenance: [] } };
  // At 2 the failure at 9 is still ahead: no life has ended.
  const { featurizer } = await fitted(rows, specs, [2]);
  assert.deepEqual(featurizer.names, ["volt_mean_1c"]);
  const later = await fitted(rows, specs, [10]);
  assert.deepEqual(later.featurizer.names, ["schedule_a_used", "due", "twice", "volt_mean_1c"]);
});

test("what narrowing plans grows with the columns, not with their square", () => {
  /** How often the schema's sensors are looked up. */
  const lookups = (count: number) => {
    const sensors = Array.from({ length: count }, (_, i) => `s${i}`);
    let looked = 0;
    const schema = {
      time: "cycles" as const,
      get sensors() {
        looked++;
        return sensors;
      },
      events: {},
      attributes: {},
    };
    const spec = words.rolling(sensors, { over: ["1c", "2c"], stats: ["mean", "max"] });
    const wanted = new Set(sensors.map((sensor) => `${sensor}_mean_2c`));
    assert.deepEqual(narrowSpecs([spec], { schema }, wanted), [words.rolling(sensors, { over: "2c", stats: "mean" })]);
    return looked;
  };
  assert.ok(lookups(80) < 2.5 * lookups(40));
});
