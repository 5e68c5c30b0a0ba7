import assert from "node:assert/strict";
import { test } from "node:test";
import { listWithoutGaps } from "../../src/registry/create-numbered.ts";

test("a listing of more numbers than a call can have arguments is gone through", async () => {
  const numbers = new Map(Array.from({ length: 200_000 }, (_, i) => [i + 1, "entry"] as const));
  assert.equal(await listWithoutGaps(async () => numbers), numbers);
});

test("a listing with a gap is taken again, up to the last number that it had", async () => {
  const listings = [[1, 3], [1, 2, 3, 4], []].map((numbers) => new Map(numbers.map((number) => [number, "entry"])));
  const listed = await listWithoutGaps(async () => listings.shift() ?? new Map<number, string>());
  assert.deepEqual([...listed.keys()], [1, 2, 3]);
  assert.equal(listings.length, 1);
  assert.equal((await listWithoutGaps(async () => new Map())).size, 0);
});
