import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson, hashJson, sha256 } from "../../src/core/json.ts";
import { compareBytes } from "../../src/core/order.ts";

test("keys are sorted by bytes, also where they look like integers, at any depth", () => {
  const value = { b: [{ "9": 2, "10": 1 }], "2": { z: 0, "1": 0, "01": 0 }, "10": 1, "9": 2, a: null };
  assert.equal(canonicalJson(value), '{"10":1,"2":{"01":0,"1":0,"z":0},"9":2,"a":null,"b":[{"10":1,"9":2}]}');
  assert.equal(canonicalJson({ "\u{1F600}": 1, "\uFFFD": 2, é: 3, z: 4 }), '{"z":4,"é":3,"\uFFFD":2,"\u{1F600}":1}');
});

test("an indent lays the same text out as JSON.stringify does", () => {
  const value = { a: [], b: {}, c: [1, [2, { d: 'x\n"é\u2028' }]], e: { f: true, g: -0, h: 1e300 } };
  assert.equal(canonicalJson(value, 2), JSON.stringify(value, undefined, 2));
  assert.equal(
    canonicalJson({ "10": [1], "9": {} }, 2),
    ["{", '  "10": [', "    1", "  ],", '  "9": {}', "}"].join("\n"),
  );
});

test("a key called __proto__ is a key like any other", () => {
  assert.equal(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":2}}')), '{"__proto__":{"x":2},"b":1}');
});

test("undefined members are left out, an undefined item is null, and toJSON speaks for its object", () => {
  assert.equal(canonicalJson({ a: undefined, b: { c: undefined } }, 2), '{\n  "b": {}\n}');
  assert.equal(canonicalJson([undefined, new Date(0)]), '[null,"1970-01-01T00:00:00.000Z"]');
  assert.equal(canonicalJson({ own: { toJSON: () => ({ "10": 1, "9": 2 }) } }), '{"own":{"10":1,"9":2}}');
});

test("NaN, infinities and what JSON has no word for are refused with their place", () => {
  assert.throws(() => canonicalJson({ a: [1, Number.NaN] }), { name: "TypeError", message: /^\$\.a\[1\] is NaN/ });
  assert.throws(() => canonicalJson(Number.NEGATIVE_INFINITY), { name: "TypeError", message: /^\$ is -Infinity/ });
  assert.throws(() => canonicalJson({ a: 1n }), TypeError);
  assert.throws(() => canonicalJson(undefined), TypeError);
});

test("any JSON value comes back from its text, whose keys ascend, and the order of keys moves no hash", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = canonicalJson(value, indent);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(hashJson(JSON.parse(text)), sha256(canonicalJson(backwards(value))));
    }),
    { seed: 20150301, numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.nat(30).map(String), fc.string()), fc.constant(0)), (value) => {
      const keys = canonicalJson(value, 1).split("\n").slice(1, -1);
      const read = keys.map((line) => JSON.parse(line.slice(1, line.lastIndexOf(":"))) as string);
      assert.deepEqual(read, Object.keys(value).sort(compareBytes));
    }),
    { seed: 20150301, numRuns: 300 },
  );
});

function backwards(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toReversed());
}
