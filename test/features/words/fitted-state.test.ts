import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ForewarnError } from "../../../src/core/errors.ts";
import { canonicalJson } from "../../../src/core/json.ts";
import { takeRows } from "../../../src/core/matrix.ts";
import { applyFeaturizer } from "../../../src/features/apply.ts";
import { featurizerHash, featurizerToJson, narrowFeaturizer } from "../../../src/features/featurizer.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { clip } from "../../../src/features/words/clip.ts";
import { healthyBaseline } from "../../../src/features/words/healthy-baseline.ts";
import { operatingModes } from "../../../src/features/words/operating-modes.ts";
import { principalComponents } from "../../../src/features/words/principal-components.ts";
import { residualOf } from "../../../src/features/words/residual-of.ts";
import { bitsOf } from "../support/compute.ts";
import { fitOn, of } from "./support/fit-on.ts";

const property = { seed: 20150301, numRuns: 150 };
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 4, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(3e38, -3e38, 1e-45, -0, Number.POSITIVE_INFINITY, 16777216, 16777217) },
);
const row = fc.tuple(value, value, value);
const table = fc.array(row, { minLength: 14, maxLength: 40 });
/** Also of an arrangement that real data have: columns that are copies, constants, or take two values. */
const like = fc.constantFrom("asIs", "copies", "constant", "twoValues");

const specs = [
  operatingModes({ by: [of("a"), of("b")], standardise: of("c") }),
  operatingModes({ by: of("a"), modes: 3, standardise: [of("b"), of("c")], name: "regime" }),
  healthyBaseline(["a", "b", "c"].map(of)),
  // Made of what was itself fitted.
  healthyBaseline(
    ["b", "c"].map((name) => `${of(name)}_inRegime`),
    { shrinkage: 0, name: "regime" },
  ),
  principalComponents(["a", "b", "c"].map(of), { components: 2, scores: true }),
  principalComponents(["a", "b"].map(of), { name: "pair" }),
  residualOf(of("c"), { given: ["a", "b"].map(of) }),
  clip(["a", "b"].map(of)),
];

function sensorsOf(rows: readonly (readonly number[])[], how: string) {
  const [a, b, c] = [0, 1, 2].map((i) => rows.map((values) => values[i]));
  if (how === "copies") return { a, b: a, c: a.map((value) => -value) };
  if (how === "constant") return { a, b: a.map(() => 2), c };
  if (how === "twoValues") return { a: a.map((value) => Number(value > 3)), b: b.map((value) => Number(value > 3)), c };
  return { a, b, c };
}

test("the state of any fit is plain JSON that reads back to the same bits", () => {
  fc.assert(
    fc.property(table, like, (rows, how) => {
      const { featurizer, raw } = fitOn(sensorsOf(rows, how), specs);
      const stored = canonicalJson(featurizerToJson(featurizer));
      assert.doesNotMatch(stored, /[[:,]-0[,\]}]/);
      const read = readFeaturizer(JSON.parse(stored));
      assert.equal(canonicalJson(featurizerToJson(read)), stored);
      assert.deepEqual(bitsOf(applyFeaturizer(read, raw)), bitsOf(applyFeaturizer(featurizer, raw)));
    }),
    property,
  );
});

test("every column is missing, or a finite number that is not -0", () => {
  fc.assert(
    fc.property(table, like, (rows, how) => {
      const { columns, featurizer } = fitOn(sensorsOf(rows, how), specs);
      for (const name of featurizer.names.slice(3)) {
        for (const value of columns[name]) assert.ok(Number.isNaN(value) || Number.isFinite(value), name);
        assert.ok(!columns[name].some((value) => Object.is(value, -0)), name);
      }
    }),
    property,
  );
});

test("rows outside training, and what they hold, move no byte of the featurizer", () => {
  fc.assert(
    fc.property(table, table, like, (rows, others, how) => {
      const trainRows = [...rows.keys()];
      const labelState = (count: number) => Array.from({ length: count }, (_, i) => Number(i % 5 === 4));
      const first = fitOn(sensorsOf([...rows, ...others], how), specs, { trainRows });
      const second = fitOn(sensorsOf(rows, how), specs, { trainRows });
      assert.equal(featurizerHash(first.featurizer), featurizerHash(second.featurizer));
      const labelled = fitOn(sensorsOf([...rows, ...others], how), specs, {
        trainRows,
        labelState: [...labelState(rows.length), ...others.map(() => 0)],
      });
      const alone = fitOn(sensorsOf(rows, how), specs, { trainRows, labelState: labelState(rows.length) });
      assert.equal(featurizerHash(labelled.featurizer), featurizerHash(alone.featurizer));
    }),
    property,
  );
});

test("one row at a time gives the bits of the batch", () => {
  fc.assert(
    fc.property(table, like, (rows, how) => {
      const { featurizer, raw } = fitOn(sensorsOf(rows, how), specs);
      const batch = bitsOf(applyFeaturizer(featurizer, raw));
      for (const row of rows.keys()) {
        const one = bitsOf(applyFeaturizer(featurizer, takeRows(raw, Uint32Array.of(row))));
        for (const [name, [bits]] of Object.entries(one)) assert.equal(bits, batch[name][row], name);
      }
    }),
    { ...property, numRuns: 40 },
  );
});

test("one column alone is computed from what it needs, with the same bits", () => {
  fc.assert(
    fc.property(table, like, fc.nat(), (rows, how, at) => {
      const { featurizer, raw } = fitOn(sensorsOf(rows, how), specs);
      const name = featurizer.names[at % featurizer.names.length];
      const narrow = narrowFeaturizer(featurizer, [name]);
      const used = { ...raw, names: narrow.plan.rawNames, columns: narrow.plan.rawNames.map(rawColumn) };
      assert.deepEqual(bitsOf(applyFeaturizer(narrow, used))[name], bitsOf(applyFeaturizer(featurizer, raw))[name]);

      function rawColumn(column: string) {
        return raw.columns[raw.names.indexOf(column)];
      }
    }),
    property,
  );
});

test("units do not matter: a column in other ones gives the same distances, modes and errors", () => {
  const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.sin(2 * i) + (i % 3) * 9, Math.cos(i) / 3]);
  const sensors = sensorsOf(rows, "asIs");
  // By a power of two, so that no value is rounded.
  const scaled = { ...sensors, b: sensors.b.map((value) => Math.fround(value) * 1024) };
  const unitless = ["mode_1", "regime_2", "baseline_mahalanobis", "regime_mahalanobis", "components_error", "pair_t2"];
  const [ours, theirs] = [sensors, scaled].map((each) => fitOn(each, specs).columns);
  for (const name of unitless) assert.deepEqual(theirs[name], ours[name], name);
});

const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.sin(2 * i) + (i % 3) * 9, Math.cos(i) / 3]);
const good = JSON.parse(canonicalJson(featurizerToJson(fitOn(sensorsOf(rows, "asIs"), specs).featurizer)));

/** The stored featurizer with one output changed. */
function spoilt(from: string, change: (node: Record<string, unknown>) => unknown) {
  const json = structuredClone(good);
  change(json.outputs.find((node: { from: string }) => node.from === from));
  return json;
}

/** biome-ignore lint/suspicious/noExplicitAny: hostile JSON has no type. */
type Hostile = any;

const hostile: readonly [what: string, from: string, change: (node: Hostile) => unknown][] = [
  ["a mean too few", "mahalanobis", ({ learned }) => learned.means.pop()],
  ["a scale too many", "mahalanobis", ({ learned }) => learned.scales.push(1)],
  ["a factor that is no triangle", "mahalanobis", ({ learned }) => learned.factor.pop()],
  ["a negative scale", "mahalanobis", ({ learned }) => (learned.scales[0] = -1)],
  ["a scale that makes everything huge", "mahalanobis", ({ learned }) => (learned.scales[0] = 1e-300)],
  ["a number that is none", "mahalanobis", ({ learned }) => (learned.means[0] = null)],
  ["a number beyond all columns", "mahalanobis", ({ learned }) => (learned.means[0] = 1e200)],
  ["no columns", "mahalanobis", (node) => (node.columns = [])],
  ["a column twice", "mahalanobis", (node) => (node.columns[1] = node.columns[0])],
  ["an unknown member", "mahalanobis", ({ learned }) => (learned.more = 1)],
  ["a text for a number", "mahalanobis", ({ learned }) => (learned.means[0] = "1")],
  ["a short loading", "components", ({ learned }) => learned.loadings[0].pop()],
  ["a loading without its variance", "components", ({ learned }) => learned.variances.pop()],
  ["a variance of 0", "components", ({ learned }) => (learned.variances[0] = 0)],
  ["a loading above 1", "components", ({ learned }) => (learned.loadings[0][0] = 2)],
  ["a centre of another size", "modes", ({ centres }) => centres[0].pop()],
  ["more centres than names", "modes", (node) => (node.centres = [...node.names, 1].map(() => node.centres[0]))],
  ["a scale less than columns", "modes", ({ scales }) => scales.pop()],
  ["no names", "modes", (node) => Object.assign(node, { names: [], centres: [] })],
  ["a mean too few for the modes", "inMode", ({ means }) => means.pop()],
  ["an sd too many for the modes", "inMode", ({ sds }) => sds.push(1)],
  ["a coefficient too few", "residual", ({ learned }) => learned.coefficients.pop()],
  ["a mean too many", "residual", ({ learned }) => learned.means.push(1)],
  ["bounds the wrong way round", "clipped", ({ bounds }) => Object.assign(bounds, { low: 2, high: 1 })],
  ["a column that the plan does not compute", "clipped", (node) => (node.column = "nothing")],
  ["a node that reads itself", "clipped", (node) => (node.column = node.name)],
];

test("a stored state that does not fit together is refused", () => {
  assert.doesNotThrow(() => readFeaturizer(structuredClone(good)));
  for (const [what, from, change] of hostile) {
    assert.throws(
      () => readFeaturizer(spoilt(from, change)),
      (error) => error instanceof ForewarnError && error.code === "MODEL_INVALID",
      what,
    );
  }
});
