/** Which columns are kept, which dropped, and why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Matrix, takeRows } from "../../../src/core/matrix.ts";
import { pruneCorrelated } from "../../../src/features/selection/prune-correlated.ts";
import { relevantFeatures } from "../../../src/features/selection/relevant-features.ts";
import { selectFeatures } from "../../../src/features/selection/select-features.ts";

function matrixOf(columns: Record<string, readonly number[]>): Matrix {
  const values = Object.values(columns).map((column) => Float32Array.from(column));
  return { rows: values[0].length, names: Object.keys(columns), columns: values };
}

const ROWS = 60;
/** Rows 0 to 19 fail. */
const fails = Float64Array.from({ length: ROWS }, (_, row) => (row < 20 ? 1 : 0));
const binary = { kind: "binary", values: fails } as const;
/** Numbers that have nothing to do with the row's place. */
const noise = (seed: number) => Array.from({ length: ROWS }, (_, row) => (row * 37 * seed + seed) % 61);
const signal = noise(1).map((value, row) => value + 40 * fails[row]);

test("what has to do with the target stays, what has not goes, and a constant is neither", () => {
  const matrix = matrixOf({ noise: noise(2), signal, constant: noise(1).map(() => 3) });
  const { kept, dropped } = selectFeatures(matrix, binary, { atLeast: 1 });
  assert.deepEqual(kept, ["signal"]);
  assert.deepEqual(
    dropped.map(({ name, why }) => [name, why]),
    [
      ["noise", "irrelevant"],
      ["constant", "constant"],
    ],
  );
});

test("of columns that say the same the more relevant one stays, equal ones by name", () => {
  const weaker = signal.map((value, row) => value - (row % 9 === 0 ? 15 * fails[row] : 0));
  const falling = signal.map((value) => -value * value);
  const matrix = matrixOf({ weaker, signal, falling, other: noise(7).map((value, row) => value + 45 * fails[row]) });
  const { kept, dropped } = selectFeatures(matrix, binary);
  assert.deepEqual(kept, ["falling", "other"]);
  assert.deepEqual(
    dropped.map((one) => (one.why === "correlated" ? [one.name, one.with] : [])),
    [
      ["weaker", "falling"],
      ["signal", "falling"],
    ],
  );
  assert.deepEqual(selectFeatures(matrix, binary, { correlation: 1 }).dropped, []);
});

test("where nothing is believed the most relevant columns stay all the same", () => {
  const columns = Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`n${seed}`, noise(seed)]));
  const of = (atLeast: number) => selectFeatures(matrixOf(columns), binary, { atLeast }).kept;
  assert.equal(of(2).length, 2);
  assert.deepEqual(
    of(2).filter((name) => of(3).includes(name)),
    of(2),
  );
  const constant = matrixOf({ a: noise(1).map(() => 0), b: noise(1).map(() => 1) });
  assert.deepEqual(selectFeatures(constant, binary).kept, ["a"], "a model needs a column");
});

test("a class of many is found by a column that only it moves", () => {
  const values = Float64Array.from({ length: ROWS }, (_, row) => (row < 12 ? 2 : row % 2));
  const own = noise(1).map((value, row) => value + (row < 12 ? 80 : 0));
  const { kept } = selectFeatures(
    matrixOf({ own, noise: noise(2) }),
    { kind: "multiclass", values, classes: 3 },
    { atLeast: 1 },
  );
  assert.deepEqual(kept, ["own"]);
});

test("a number is found by what rises or falls with it", () => {
  const values = Float64Array.from({ length: ROWS }, (_, row) => (row * 17) % ROWS);
  const falling = [...values].map((value, row) => 100 - value + (row % 3));
  const late = [...values].map((value) => (value > 40 ? 1 : 0));
  const matrix = matrixOf({ falling, noise: noise(23).map((value, row) => (value * 7 + row * row) % 13), late });
  const { kept } = selectFeatures(matrix, { kind: "regression", values }, { atLeast: 1 });
  assert.deepEqual(kept, ["falling", "late"]);
});

test("the order of rows and of columns changes nothing but the order of what is kept", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: -1, max: 1 }), fc.constant(Number.NaN));
  const rows = fc.integer({ min: 4, max: 25 }).chain((count) =>
    fc.record({
      target: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: count, maxLength: count }),
      columns: fc.array(fc.array(value, { minLength: count, maxLength: count }), { minLength: 1, maxLength: 6 }),
      order: fc.shuffledSubarray(
        Array.from({ length: count }, (_, row) => row),
        { minLength: count },
      ),
    }),
  );
  fc.assert(
    fc.property(rows, fc.constantFrom("binary", "multiclass", "regression"), ({ target, columns, order }, kind) => {
      const matrix = matrixOf(Object.fromEntries(columns.map((column, i) => [`c${i}`, column])));
      const targetOf = (values: readonly number[]) => ({
        kind,
        values: Float64Array.from(values, (of) => (kind === "binary" ? Math.min(of, 1) : of)),
        classes: 3,
      });
      const options = { atLeast: 2, correlation: 0.8, falseDiscovery: 0.3 };
      const { kept } = selectFeatures(matrix, targetOf(target), options);
      const index = Uint32Array.from(order);
      const shuffled = selectFeatures(takeRows(matrix, index), targetOf(order.map((row) => target[row])), options);
      assert.deepEqual(shuffled.kept, kept);
      if (new Set(columns.map(String)).size < columns.length) return;
      const turned = { ...matrix, names: matrix.names.toReversed(), columns: matrix.columns.toReversed() };
      assert.deepEqual(selectFeatures(turned, targetOf(target), options).kept.toReversed(), kept);
    }),
    { seed: 20150301, numRuns: 200 },
  );
});

test("beyond 4,096 rows the same columns are still found to be the same", () => {
  const rows = 10_000;
  const of = (value: (row: number) => number) => Float32Array.from({ length: rows }, (_, row) => value(row));
  const first = of((row) => (row * 7919) % 10_007);
  const doubles = pruneCorrelated([first, of((row) => -(first[row] ** 2)), of((row) => (row * 104_729) % 9_973)], 0.95);
  assert.deepEqual([...doubles], [-1, 0, -1]);
});

test("settings are plain data with their defaults, and refused where they cannot be", () => {
  assert.deepEqual(relevantFeatures(), {
    select: "relevantFeatures",
    falseDiscovery: 0.05,
    correlation: 0.95,
    hypotheses: "dependent",
    atLeast: 10,
  });
  assert.deepEqual(relevantFeatures(relevantFeatures({ atLeast: 3 })), relevantFeatures({ atLeast: 3 }));
  for (const options of [{ falseDiscovery: 0 }, { correlation: 2 }, { atLeast: 0.5 }, { fdr: 0.1 }])
    assert.throws(() => relevantFeatures(options as object), { code: "PIPELINE_SELECT" });
});
