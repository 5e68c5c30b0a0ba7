import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalJson } from "../../../src/core/json.ts";
import * as words from "../../../src/features/index.ts";
import { columnsOf } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";

const { applyFeaturizer, attributes, computeFeatures, describeFleet, featurize, featurizerToJson } = words;
const { fitFeaturizer, planFeatures, readFeaturizer } = words;
const NONE = Number.NaN;

/** Machines m0, m1 … of the models given (undefined: missing), each with one row at cutoff 1. */
const fleetOf = (models: readonly (string | undefined)[]) =>
  makeFleet({
    machines: models.map((_, i) => `m${i}`),
    telemetry: { t: models.map((_, i) => ({ machine: `m${i}`, time: 0, values: { volt: 1 } })) },
    machineTable: models.map((model, i) => ({ machine: `m${i}`, attributes: { model, age: i } })),
    attributeTypes: { model: "category", age: "number" },
  });

async function encoded(models: readonly (string | undefined)[], encoding: "code" | "frequency", trainRows: number[]) {
  const fleet = fleetOf(models);
  const plan = planFeatures([attributes("model", { encoding })], describeFleet(fleet));
  const cutoffs = cutoffsAt(fleet, [1]);
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(trainRows));
  return { featurizer, raw, columns: columnsOf(applyFeaturizer(featurizer, raw)) };
}

const models = ["b", "é", "b", undefined, "a", "new"];

test("a code is the value's place by bytes among those of training; unseen and missing values are NaN", async () => {
  const { columns } = await encoded(models, "code", [0, 1, 2, 3]);
  assert.deepEqual(columns, { model_code: [0, 1, 0, NONE, NONE, NONE] });
});

test("a frequency is the share of the training rows whose value is known; unseen is 0, missing is NaN", async () => {
  const { columns } = await encoded(models, "frequency", [0, 1, 2, 3]);
  assert.deepEqual(columns, { model_frequency: [2 / 3, 1 / 3, 2 / 3, NONE, 0, 0].map(Math.fround) });
});

test("a category needs two raw columns, however many values it has", async () => {
  const { raw } = await encoded(models, "code", [0]);
  assert.deepEqual(raw.names, ["model_code_first", "model_code_second"]);
});

test("values outside training leave no trace, and a stored encoding gives the same on another fleet", async () => {
  for (const encoding of ["code", "frequency"] as const) {
    const { featurizer } = await encoded(models, encoding, [0, 1, 2, 3]);
    const { featurizer: other } = await encoded(["b", "é", "b", undefined, "zz", "y"], encoding, [0, 1, 2, 3]);
    const stored = canonicalJson(featurizerToJson(featurizer));
    assert.equal(canonicalJson(featurizerToJson(other)), stored);
    assert.doesNotMatch(stored, /"new"|"a"/);
    const fleet = fleetOf(["never", "é", undefined, "b"]);
    const again = columnsOf(await featurize(readFeaturizer(JSON.parse(stored)), fleet, cutoffsAt(fleet, [1])));
    const expected = { code: [NONE, 1, NONE, 0], frequency: [0, Math.fround(1 / 3), NONE, Math.fround(2 / 3)] };
    assert.deepEqual(again, { [`model_${encoding}`]: expected[encoding] });
  }
});

test("numbers go out as they are, and each encoding of one category has a name of its own", async () => {
  const fleet = fleetOf(models);
  const specs = [
    attributes("model"),
    attributes("model", "age", { encoding: "code" }),
    attributes("model", { encoding: "frequency" }),
  ];
  const plan = planFeatures(specs, describeFleet(fleet));
  const cutoffs = cutoffsAt(fleet, [1]);
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const { names } = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoffs.cutoff.keys()));
  assert.deepEqual(names, ["model_other", "model_code", "age", "model_frequency"]);
});

test("training without a known value has no code for anything", async () => {
  const { columns } = await encoded([undefined, "a"], "code", [0]);
  assert.deepEqual(columns, { model_code: [NONE, NONE] });
  const { columns: shares } = await encoded([undefined, "a"], "frequency", [0]);
  assert.deepEqual(shares, { model_frequency: [NONE, 0] });
});

test("4,096 values are told apart, one more is refused", async () => {
  const many = Array.from({ length: 4_096 }, (_, i) => `v${String(i).padStart(4, "0")}`);
  const { columns } = await encoded(many, "code", [...many.keys()]);
  // Machines are sorted by bytes: m0, m1, m10, m100 …
  const order = many.map((_, i) => `m${i}`).sort();
  assert.deepEqual(
    columns["model_code"],
    order.map((machine) => Number(machine.slice(1))),
  );
  await assert.rejects(encoded([...many, "v"], "code", [0]), { code: "PIPELINE_TOO_MANY_VALUES" });
});

test("an unknown encoding, or option, is refused", () => {
  for (const options of [{ encoding: "target" }, { encode: "code" }]) {
    assert.throws(() => attributes("model", options as never), { code: "PIPELINE_FEATURE_OPTION" });
  }
});

test("a stored encoding that does not fit together is refused", async () => {
  const { featurizer } = await encoded(models, "frequency", [0, 1, 2, 3]);
  const good = JSON.parse(canonicalJson(featurizerToJson(featurizer)));
  const [node] = good.outputs;
  assert.doesNotThrow(() => readFeaturizer(good));
  const bad = [
    { ...node, numbers: [1] },
    { ...node, values: ["b", "b"] },
    { ...node, values: ["b", 1] },
    { ...node, unseen: "0" },
    { ...node, second: "model_code_second" },
    { ...node, values: Array.from({ length: 4_097 }, String), numbers: new Array(4_097).fill(0) },
  ];
  for (const spoilt of bad) {
    assert.throws(() => readFeaturizer({ ...good, outputs: [spoilt] }), { code: "MODEL_INVALID" });
  }
});
