import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { shownJson } from "../../src/core/json.ts";
import { plainText } from "../../src/core/plain-text.ts";

test("text from outside is shown on one line, without what a terminal obeys or what turns the direction of writing", () => {
  assert.equal(
    plainText("\u001b[31mred\n\r\t\u009b\u202e\u2067\ufeff", 100),
    "\\u001b[31mred\\n\\r\\t\\u009b\\u202e\\u2067\\ufeff",
  );
  assert.equal(plainText("Ä机器🤖 `x`", 100), "Ä机器🤖 `x`");
  assert.equal(plainText("a\ud800b", 100), "a\\ud800b");
});

test("a long text is cut, never in the middle of a character, and says how long it was", () => {
  assert.equal(plainText("abcdef", 6), "abcdef");
  assert.equal(plainText("abcdefg", 6), "abcdef… (7 characters)");
  assert.equal(plainText("ab🤖cd", 3), "ab… (6 characters)");
});

test("an error keeps on one line what it repeats of a file, in its message and in every part", () => {
  const error = new ForewarnError("DATA_DUPLICATE", {
    problem: "two rows have the same key",
    found: `machine \`a\n  hint: run rm\``,
    where: `${"x".repeat(3_000)}.csv`,
  });
  assert.equal(error.details.found, "machine `a\\n  hint: run rm`");
  assert.equal(error.details.where?.length, 2_000 + "… (3004 characters)".length);
  assert.ok(!/\p{Cc}/u.test(error.message));
  assert.ok(error.message.includes("a\\n  hint"));
});

test("a value that JSON has no word for is shown by its kind", () => {
  const again: unknown[] = [];
  again.push(again);
  assert.equal(shownJson({ a: [1, null] }), '{"a":[1,null]}');
  assert.equal(shownJson(again), "a list that has no JSON");
  assert.equal(shownJson({ again }), "an object that has no JSON");
  assert.equal(shownJson(5n), "bigint");
  assert.equal(shownJson(undefined), "undefined");
});
