/** Arithmetic over features. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFeaturizer } from "../../../src/features/apply.ts";
import { expressionProblem } from "../../../src/features/arithmetic/check-expression.ts";
import { featurizerToJson, fitFeaturizer } from "../../../src/features/featurizer.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import {
  absolute,
  coalesce,
  log1p,
  maximum,
  minimum,
  minus,
  over,
  plus,
  squareRoot,
  times,
} from "../../../src/features/words/arithmetic.ts";
import { derive } from "../../../src/features/words/derive.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { columnsOf, rawMatrix } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";

const fleet = makeFleet({
  telemetry: {
    t: [
      { time: 1, values: { a: 6, b: 2 } },
      { time: 2, values: { a: -3, b: 0 } },
      { time: 3, values: { b: 4 } },
    ],
  },
  sensors: { t: ["a", "b"] },
});
const last: FeatureSpec = rolling(["a", "b"], { over: "1c", stats: "last" });
const [a, b] = ["a_last_1c", "b_last_1c"];

async function derived(...specs: readonly FeatureSpec[]): Promise<Record<string, number[]>> {
  const cutoffs = cutoffsAt(fleet, [1, 2, 3]);
  const raw = await rawMatrix(fleet, specs, cutoffs);
  const plan = planFeatures(specs, describeFleet(fleet));
  const fitted = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.of(0, 1, 2));
  // What is stored gives the same.
  const stored = readFeaturizer(JSON.parse(JSON.stringify(featurizerToJson(fitted))));
  assert.deepEqual(applyFeaturizer(stored, raw), applyFeaturizer(fitted, raw));
  return columnsOf(applyFeaturizer(stored, raw));
}

test("each operation gives what it says, and is missing where an operand is", async () => {
  const values = await derived(
    last,
    derive("difference", minus(a, b)),
    derive("ratio", over(a, b)),
    derive("sum", plus(a, b, 1)),
    derive("product", times(a, b)),
    derive("size", absolute(a)),
    derive("least", minimum(a, b)),
    derive("most", maximum(a, b)),
    derive("root", squareRoot(a)),
    derive("log", log1p(a)),
    derive("filled", coalesce(a, b, 0)),
  );
  assert.deepEqual(values["difference"], [4, -3, Number.NaN]);
  assert.deepEqual(values["ratio"], [3, Number.NaN, Number.NaN], "a division by 0 is missing");
  assert.deepEqual(values["sum"], [9, -2, Number.NaN]);
  assert.deepEqual(values["product"], [12, 0, Number.NaN], "-3 x 0 is emitted as +0");
  assert.deepEqual(values["size"], [6, 3, Number.NaN]);
  assert.deepEqual(values["least"], [2, -3, Number.NaN]);
  assert.deepEqual(values["most"], [6, 0, Number.NaN]);
  assert.deepEqual(values["root"], [Math.fround(6 ** 0.5), Number.NaN, Number.NaN]);
  assert.deepEqual(values["log"], [Math.fround(1.9459101490553132), Number.NaN, Number.NaN]);
  assert.deepEqual(values["filled"], [6, -3, 4]);
});

test("operations nest, and a derived column may be made of derived ones", async () => {
  const values = await derived(
    last,
    derive("mean", over(plus(a, b), 2)),
    derive("share", over(coalesce("mean", 0), minus(10, "mean"))),
  );
  assert.deepEqual(values["mean"], [4, -1.5, Number.NaN]);
  assert.deepEqual(values["share"], [Math.fround(4 / 6), Math.fround(-1.5 / 11.5), Number.NaN]);
});

test("what float32 cannot hold is missing, not infinite", async () => {
  const values = await derived(last, derive("huge", times(a, 1e38)), derive("hidden", minus(times(a, 1e308), 1)));
  assert.deepEqual(values["huge"], [Number.NaN, Math.fround(-3e38), Number.NaN]);
  assert.deepEqual(values["hidden"], [Number.NaN, Number.NaN, Number.NaN]);
});

test("a column that no earlier feature gives is refused with the nearest name", () => {
  const plan = (...specs: readonly FeatureSpec[]) => planFeatures(specs, describeFleet(fleet));
  assert.throws(() => plan(last, derive("x", minus("a_lst_1c", b))), {
    code: "PIPELINE_UNKNOWN_COLUMN",
    details: {
      problem: "no feature before this one has such a column",
      found: "a_lst_1c",
      where: 'derive("x")',
      hint: "did you mean `a_last_1c`?",
    },
  });
  assert.throws(() => plan(derive("x", minus(a, b)), last), { code: "PIPELINE_UNKNOWN_COLUMN" });
  assert.throws(() => plan(last, derive(a, minus(a, b))), { code: "PIPELINE_NAME_COLLISION" });
});

test("expressions are held to their form, however they come", () => {
  assert.equal(expressionProblem(minus("a", 1)), undefined);
  const deep = (levels: number) => Array.from({ length: levels }).reduce((inner) => ({ absolute: [inner] }), "a");
  assert.equal(expressionProblem(deep(15)), undefined);
  const refused: readonly (readonly [unknown, RegExp])[] = [
    [3, /at least one column/],
    ["", /no name/],
    [null, /expected a column's name/],
    [["a"], /expected a column's name/],
    [{ minus: ["a"] }, /`minus` takes operands: 2, found 1/],
    [{ minus: "ab" }, /list of operands/],
    [{ power: ["a", 2] }, /no operation `power`/],
    [{ constructor: ["a"] }, /no operation/],
    [{ minus: ["a", "b"], plus: ["a", "b"] }, /one name, found 2/],
    [{ minus: ["a", Number.NaN] }, /not finite/],
    [deep(16), /at most 16 deep/],
    [plus(...Array.from({ length: 17 }, () => "a")), /2 to 16, found 17/],
    [plus(...Array.from({ length: 16 }, () => plus(...Array.from({ length: 16 }, () => "a")))), /at most 256/],
  ];
  for (const [expression, problem] of refused) assert.match(expressionProblem(expression) ?? "", problem);
  assert.throws(() => derive("x", { minus: ["a"] }), {
    code: "PIPELINE_FEATURE_OPTION",
    message: /takes operands: 2, found 1/,
  });
});
