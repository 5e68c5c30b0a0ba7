import assert from "node:assert/strict";
import { test } from "node:test";
import { savedInterval } from "../../src/evaluation/machine-costs.ts";

const costs = (...each: number[]) => each.map((cost, machine) => ({ machine, cost }));
const options = { seed: 1, resamples: 200 };

test("what is saved is paired machine by machine: a constant saving has no spread, however the costs vary", () => {
  assert.deepEqual(savedInterval(costs(110, 1010, 10), costs(100, 1000, 0), options), [30, 30]);
});

test("an interval around 0 does not settle which is cheaper", () => {
  const [low, high] = savedInterval(costs(100, 0, 100, 0), costs(0, 100, 0, 100), options)!;
  assert.ok(low < 0 && high > 0);
});

test("without costs, or on other machines, nothing is compared", () => {
  assert.equal(savedInterval(null, costs(1, 2), options), null);
  assert.equal(savedInterval(costs(1, 2), costs(1), options), null);
  assert.equal(
    savedInterval(
      [
        { machine: 0, cost: 1 },
        { machine: 2, cost: 1 },
      ],
      costs(1, 2),
      options,
    ),
    null,
  );
});
