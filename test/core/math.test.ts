import assert from "node:assert/strict";
import { test } from "node:test";
import { exp, log, sigmoid, sin } from "../../src/core/math.ts";
import { random } from "../../src/core/random.ts";

const COUNT = 20_000;

test("exp is within 1 ulp of Math.exp, from the smallest result to the largest", () => {
  const { uniform } = random(20150301, "exp");
  holds(exp, Math.exp, 1, () => -745 + 1454 * uniform());
  holds(exp, Math.exp, 1, () => 4 * (uniform() - 0.5));
  holds(exp, Math.exp, 1, () => 1e-8 * (uniform() - 0.5));
});

test("exp holds at its ends", () => {
  assert.deepEqual([exp(0), exp(-0), exp(Number.NEGATIVE_INFINITY), exp(-746)], [1, 1, 0, 0]);
  assert.deepEqual([exp(-745.13), exp(709.782712893384)], [Number.MIN_VALUE, Math.exp(709.782712893384)]);
  assert.deepEqual([exp(709.79), exp(Number.POSITIVE_INFINITY)], [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  assert.ok(Number.isNaN(exp(Number.NaN)));
});

test("log is within 1 ulp of Math.log for every size of number, subnormal ones too", () => {
  const { uniform, integer } = random(20150301, "log");
  holds(log, Math.log, 1, () => 2 ** (integer(2098) - 1074) * (1 + uniform()));
  holds(log, Math.log, 1, () => 4 * uniform());
  holds(log, Math.log, 1, () => 1 + 1e-6 * (uniform() - 0.5));
});

test("log holds at its ends", () => {
  assert.deepEqual([log(1), log(Math.E), log(0), log(-0)], [0, 1, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.deepEqual(
    [log(Number.MIN_VALUE), log(Number.MAX_VALUE)],
    [Math.log(Number.MIN_VALUE), Math.log(Number.MAX_VALUE)],
  );
  assert.equal(log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.ok([Number.NaN, -1, -Number.MIN_VALUE, Number.NEGATIVE_INFINITY].every((x) => Number.isNaN(log(x))));
});

test("sin is within 2 ulp of Math.sin up to 1e6, near its zeros within 2^-52", () => {
  const { uniform, integer } = random(20150301, "sin");
  holds(sin, Math.sin, 1, () => 1.5 * (uniform() - 0.5));
  holds(sin, Math.sin, 2, () => 2e3 * (uniform() - 0.5));
  holds(sin, Math.sin, 2, () => 2e6 * (uniform() - 0.5));
  for (let i = 0; i < COUNT; i++) {
    const x = (integer(600_000) - 300_000) * Math.PI + 1e-9 * uniform();
    assert.ok(Math.abs(sin(x) - Math.sin(x)) <= 2 ** -52, `sin(${x})`);
  }
});

test("sin holds at its turns", () => {
  const turns = [0, 1, 2, 3, 4, -1, -2, -3].map((quarter) => Math.round(sin((quarter * Math.PI) / 2) * 2 ** 40));
  assert.deepEqual(
    turns.map((value) => value / 2 ** 40 + 0),
    [0, 1, 0, -1, 0, -1, 0, 1],
  );
  assert.ok([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].every((x) => Number.isNaN(sin(x))));
});

test("sigmoid goes from 0 to 1 and never beyond", () => {
  assert.deepEqual([sigmoid(Number.NEGATIVE_INFINITY), sigmoid(-800), sigmoid(0), sigmoid(800)], [0, 0, 0.5, 1]);
  assert.ok(Math.abs(sigmoid(2) - 0.8807970779778823) < 2 ** -53);
});

function holds(ours: (x: number) => number, reference: (x: number) => number, most: number, draw: () => number): void {
  for (let i = 0; i < COUNT; i++) {
    const x = draw();
    const between = ulps(ours(x), reference(x));
    if (between > most) assert.fail(`at ${x}: ${ours(x)}, ${reference(x)} expected, ${between} ulp apart`);
  }
}

/** How many steps of float64 lie between two numbers. */
function ulps(a: number, b: number): bigint {
  const difference = place(a) - place(b);
  return difference < 0n ? -difference : difference;
}

function place(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const place = bits.getBigInt64(0);
  return place < 0n ? -(place & 0x7fffffffffffffffn) : place;
}
