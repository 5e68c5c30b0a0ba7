import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { principalComponents } from "../../../src/features/words/principal-components.ts";
import { fitOn, of } from "./support/fit-on.ts";
import { assertNear } from "./support/near.ts";

const wave = (rows: number, step: number) => Array.from({ length: rows }, (_, i) => Math.fround(Math.sin(i * step)));

test("two columns in lockstep have one component: along it T squared grows, off it the error", () => {
  const a = wave(40, 1);
  // Mean and sd of the two are equal, so that the component is (1, 1) / sqrt(2).
  const rows = { a: [...a, 2, 1], b: [...a, 2, -1] };
  const spec = principalComponents([of("a"), of("b")], { components: 1, scores: true });
  const { columns, node } = fitOn(rows, [spec], { trainRows: [...a.keys()] });
  const { loadings, means, scales } = node("components").learned ?? { loadings: [], means: [], scales: [] };
  assertNear(loadings[0], [Math.SQRT1_2, Math.SQRT1_2], 1e-12);
  assert.ok(columns["components_error"][40] < 1e-12);
  assertNear([columns["components_error"][41]], [2 / (scales[0] * scales[0])], 1e-6);
  assertNear([columns["components_t2"][40]], [((2 - means[0]) / scales[0]) ** 2], 1e-6);
  assertNear([columns["components_score_1"][40]], [(Math.SQRT2 * (2 - means[0])) / scales[0]], 1e-6);
});

test("the sum of T squared over the training rows is (rows - 1) x components", () => {
  const sensors = { a: wave(50, 1), b: wave(50, 2.3), c: wave(50, 0.7) };
  const { columns } = fitOn(sensors, [principalComponents([of("a"), of("b"), of("c")], { components: 2 })]);
  const sum = columns["components_t2"].reduce((total, value) => total + value, 0);
  assertNear([sum], [49 * 2], 1e-6);
});

test("all components leave no error", () => {
  const sensors = { a: wave(50, 1), b: wave(50, 2.3), c: wave(50, 0.7) };
  const { columns } = fitOn(sensors, [principalComponents([of("a"), of("b"), of("c")], { explained: 1 })]);
  assert.ok(columns["components_error"].every((error) => error < 1e-12));
});

test("a score beyond the components that there are is missing, T squared is not", () => {
  const a = wave(40, 1);
  const sensors = { a, b: a, still: a.map(() => 5) };
  const spec = principalComponents([of("a"), of("b"), of("still")], { components: 2, scores: true });
  const { columns } = fitOn(sensors, [spec]);
  assert.ok(columns["components_score_2"].every(Number.isNaN));
  assert.ok(columns["components_t2"].every(Number.isFinite));
});

test("a missing column, and too few rows, give missing columns of the same names", () => {
  const names = ["components_error", "components_t2", "components_score_1"];
  const spec = principalComponents([of("a"), of("b")], { components: 1, scores: true });
  const { columns } = fitOn({ a: [...wave(20, 1), Number.NaN], b: [...wave(20, 2), 1] }, [spec]);
  const { columns: few } = fitOn({ a: wave(9, 1), b: wave(9, 2) }, [spec]);
  assert.deepEqual(Object.keys(columns).slice(2), names);
  assert.deepEqual(Object.keys(few).slice(2), names);
  for (const name of names) {
    assert.ok(Number.isNaN(columns[name][20]) && !Number.isNaN(columns[name][19]));
    assert.ok(few[name].every(Number.isNaN));
  }
});

test("options that say too much, or too little for the scores to have names, are refused", () => {
  const bad = [
    { components: 3 },
    { components: 0 },
    { components: 1, explained: 0.9 },
    { explained: 0 },
    { explained: 1.1 },
    { scores: true },
    { component: 1 },
  ];
  for (const options of bad) {
    assert.throws(
      () => principalComponents(["a", "b"], options as never),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION",
      JSON.stringify(options),
    );
  }
});
