import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rowSorter } from "../../src/archive/sorted-order.ts";

/** Rows of whole numbers (the time) and two more columns, sorted by a comparison of whole rows. */
function reference(rows: readonly (readonly number[])[]): number[][] {
  const compare = (x: number, y: number) =>
    Object.is(x, y) || x === y ? 0 : Number.isNaN(x) ? 1 : Number.isNaN(y) || x < y ? -1 : 1;
  return [...rows]
    .map((row) => [...row])
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]));
}

function sorted(rows: readonly (readonly number[])[], padding: number): { rows: number[][]; repeated: number } {
  const outside = [Number.MAX_VALUE, 7, 7];
  const all = [...Array(padding).fill(outside), ...rows, ...Array(padding).fill(outside)] as number[][];
  const columns = [0, 1, 2].map((i) => Float64Array.from(all, (row) => row[i]));
  const repeated = rowSorter(rows.length).sort(columns, padding, padding + rows.length);
  const after = all.map((_, row) => columns.map((column) => column[row]));
  assert.deepEqual(
    [...after.slice(0, padding), ...after.slice(padding + rows.length)],
    Array(2 * padding).fill(outside),
  );
  return { rows: after.slice(padding, padding + rows.length), repeated };
}

const largest = Number.MAX_SAFE_INTEGER;
const time = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: 0, max: 9000 }).map((hour) => 1_420_070_400_000_000 + hour * 3_600_000_000),
  fc.integer({ min: -largest, max: largest }),
  fc.constantFrom(-largest, largest, 0, 2 ** 24, 2 ** 48, 2 ** 48 - 1),
);
const value = fc.constantFrom(1, 2, Number.NaN, -0.5);

test("rows are in the order of all their columns, whatever their number and however far apart their times", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(time, value, value), { maxLength: 400 }),
      fc.integer({ min: 0, max: 2 }),
      (rows, padding) => {
        const expected = reference(rows);
        const actual = sorted(rows, padding);
        assert.deepEqual(actual.rows, expected);
        const repeated = expected.findIndex((row, i) => i > 0 && row[0] === expected[i - 1][0]);
        assert.equal(actual.repeated, repeated === -1 ? -1 : repeated + padding);
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test("thousands of rows are sorted as few are", () => {
  let state = 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  for (const [spread, rows] of [
    [1, 5000],
    [3_600_000_000, 3000],
    [2_000_003, 1500],
  ]) {
    const unsorted = Array.from({ length: rows }, () => [next() * spread, next() % 3, Number.NaN]);
    assert.deepEqual(sorted(unsorted, 1).rows, reference(unsorted));
  }
});
