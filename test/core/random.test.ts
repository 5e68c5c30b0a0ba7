import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../src/core/random.ts";

function first(seed: number, stream?: string, count = 4): number[] {
  const { uniform } = random(seed, stream);
  return Array.from({ length: count }, uniform);
}

test("a seed and a stream give the same numbers on every machine", () => {
  assert.deepEqual(first(1), [0.7958883797113818, 0.3035442486323747, 0.6200240792205283, 0.028415218048278956]);
  assert.deepEqual(first(1, "rows"), [0.5048337035095549, 0.3540937396823841, 0.568983660124682, 0.05581374894772728]);
});

test("other seeds and other streams give other numbers, also where seeds differ only above 32 bits", () => {
  const starts = [
    first(1),
    first(2),
    first(1 + 2 ** 32),
    first(1 + 2 ** 33),
    first(Number.MAX_SAFE_INTEGER),
    first(1, "a"),
    first(1, "b"),
    first(1, "ab"),
    first(1, "ba"),
  ].flat();
  assert.equal(new Set(starts).size, starts.length);
});

test("two generators of one stream do not disturb each other", () => {
  const [one, other] = [random(3, "rows"), random(3, "rows")];
  one.normal();
  one.uniform();
  assert.deepEqual(Array.from({ length: 4 }, other.uniform), first(3, "rows"));
});

test("uniform numbers lie in [0, 1) and are evenly spread", () => {
  const values = first(20150301, "uniform", 20_000);
  assert.ok(values.every((value) => value >= 0 && value < 1));
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor(value * 10)]++;
  // Chi-square with 9 degrees of freedom: above 27.9 once in a thousand seeds.
  const chiSquare = tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  assert.ok(chiSquare < 27.9, `${tenths}`);
  const neighbours = values.slice(1).map((value, i) => (value - 0.5) * (values[i] - 0.5));
  assert.ok(Math.abs(mean(neighbours)) < 4 / 12 / Math.sqrt(20_000));
});

test("whole numbers below n take every value and no other", () => {
  const { integer } = random(5);
  const seen = new Set(Array.from({ length: 500 }, () => integer(7)));
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5, 6]);
});

test("normal numbers have mean 0, variance 1, no skew and the tails of a normal", () => {
  const { normal } = random(20150301, "normal");
  const values = Array.from({ length: 20_000 }, normal);
  // Four standard errors each.
  assert.ok(Math.abs(mean(values)) < 4 / Math.sqrt(20_000));
  assert.ok(Math.abs(mean(values.map((value) => value ** 2)) - 1) < 4 * Math.sqrt(2 / 20_000));
  assert.ok(Math.abs(mean(values.map((value) => value ** 3))) < 4 * Math.sqrt(15 / 20_000));
  const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / 20_000;
  assert.ok(Math.abs(beyondTwo - 0.0455) < 4 * Math.sqrt((0.0455 * 0.9545) / 20_000));
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
