import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { healthyBaseline } from "../../../src/features/words/healthy-baseline.ts";
import { fitOn, of } from "./support/fit-on.ts";
import { assertNear } from "./support/near.ts";

const NONE = Number.NaN;
const repeated = (count: number, ...values: number[]) => Array.from({ length: count }, () => values).flat();

test("of one column it is the number of standard deviations from the healthy mean", () => {
  // Mean 5, sample sd sqrt(20 / 19) over the first 20 rows; the others fail.
  const volt = [...repeated(10, 4, 6), 9, 1];
  const labelState = volt.map((_, row) => (row < 20 ? 0 : 1));
  const { columns } = fitOn({ volt }, [healthyBaseline(of("volt"))], { labelState });
  const sd = Math.sqrt(20 / 19);
  assert.deepEqual(columns["baseline_mahalanobis"].slice(19), [1 / sd, 4 / sd, 4 / sd].map(Math.fround));
});

test("what breaks a relation between columns is far away, though each column alone is near", () => {
  const a = Array.from({ length: 40 }, (_, i) => Math.sin(i));
  const b = a.map((value, i) => value + 0.01 * Math.cos(7 * i));
  const { columns } = fitOn(
    { a: [...a, 0.5], b: [...b, -0.5] },
    [healthyBaseline([of("a"), of("b")], { shrinkage: 0 })],
    {
      trainRows: [...a.keys()],
    },
  );
  const distance = columns["baseline_mahalanobis"];
  assert.ok(Math.max(...distance.slice(0, 40)) < 4);
  assert.ok(distance[40] > 50);
});

test("columns that are copies of each other leave a distance", () => {
  const a = Array.from({ length: 40 }, (_, i) => Math.fround(Math.sin(i)));
  const spec = healthyBaseline([of("a"), of("b"), of("c")], { shrinkage: 0 });
  const { columns } = fitOn({ a, b: a.map((value) => 2 * value), c: a.map((value) => -value) }, [spec]);
  // Three copies of one standardised column, with (1 - 1e-6) of their correlation kept: as far as the one.
  const { columns: alone } = fitOn({ a }, [healthyBaseline(of("a"))]);
  assertNear(columns["baseline_mahalanobis"], alone["baseline_mahalanobis"], 1e-5);
});

test("a column that does not vary in training is not looked at", () => {
  const a = Array.from({ length: 40 }, (_, i) => Math.fround(Math.sin(i)));
  const still = a.map((_, i) => (i < 30 ? 3 : 1e30));
  const train = { trainRows: [...a.keys()].slice(0, 30) };
  const { columns } = fitOn({ a, still }, [healthyBaseline([of("a"), of("still")])], train);
  const { columns: alone } = fitOn({ a }, [healthyBaseline(of("a"))], train);
  assertNear(columns["baseline_mahalanobis"], alone["baseline_mahalanobis"], 1e-7);
});

test("a column that varies by its rounding alone is not looked at either", () => {
  const a = Array.from({ length: 40 }, (_, i) => Math.fround(Math.sin(i)));
  // Neighbours among float32 numbers.
  const still = a.map((_, i) => 1e6 + 0.0625 * (i % 2));
  const rows = { a: [...a, 0], still: [...still, 1e6 + 1] };
  const { columns } = fitOn(rows, [healthyBaseline([of("a"), of("still")])], { trainRows: [...a.keys()] });
  assert.ok(columns["baseline_mahalanobis"][40] < 1);
});

test("rows with a missing column are not learned from, and have no distance", () => {
  const a = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? NONE : Math.sin(i)));
  const b = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? 1e9 : Math.cos(i)));
  const spec = healthyBaseline([of("a"), of("b")]);
  const { columns, node } = fitOn({ a, b }, [spec]);
  assert.deepEqual(
    columns["baseline_mahalanobis"].map(Number.isNaN),
    a.map((value) => Number.isNaN(value)),
  );
  assert.ok(Math.abs(node("mahalanobis").learned?.means[1] ?? 1e9) < 1);
});

test("rows fewer than 10, or than twice the columns, teach nothing: the column is there, and missing", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const sensors = (rows: number) =>
    Object.fromEntries(names.map((name, j) => [name, Array.from({ length: rows }, (_, i) => Math.sin(i * (j + 2)))]));
  const isMissing = (rows: number, used: string[]) =>
    fitOn(sensors(rows), [healthyBaseline(used.map(of))]).columns["baseline_mahalanobis"].every(Number.isNaN);
  assert.deepEqual([isMissing(9, ["a"]), isMissing(10, ["a"])], [true, false]);
  assert.deepEqual([isMissing(11, names), isMissing(12, names)], [true, false]);
});

test("a distance too large for float32 is missing", () => {
  const a = [...Array.from({ length: 20 }, (_, i) => 1e-30 * (i % 5)), 3e38];
  const { columns } = fitOn({ a }, [healthyBaseline(of("a"))], { trainRows: [...a.keys()].slice(0, 20) });
  assert.ok(Number.isNaN(columns["baseline_mahalanobis"][20]));
});

test("a shrinkage beyond 0 to 1, a column named twice and an unknown option are refused", () => {
  const bad = [{ shrinkage: -0.1 }, { shrinkage: 1.1 }, { shrinkage: NONE }, { shrinkag: 0.1 }, { name: "" }];
  const refused = (error: unknown) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION";
  for (const options of bad) assert.throws(() => healthyBaseline("a", options as never), refused);
  assert.throws(() => healthyBaseline(["a", "a"]), refused);
  assert.throws(() => healthyBaseline([]), refused);
});
