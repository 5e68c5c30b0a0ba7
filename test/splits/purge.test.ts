/** What no split may do, whatever the rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { byMachine } from "../../src/splits/by-machine.ts";
import { byTime } from "../../src/splits/by-time.ts";
import type { Fold } from "../../src/splits/fold.ts";
import { innerFolds } from "../../src/splits/inner-folds.ts";
import { purged } from "../../src/splits/purged.ts";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import type { SplitRows } from "../../src/splits/rows.ts";
import type { SplitSpec } from "../../src/splits/spec.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { buildRows } from "./build-rows.ts";

const settings = { seed: 5, numRuns: 500 };
const MICROSECONDS = 60;

test("a training row that follows the evaluation rows goes where its window reaches into their labels", () => {
  const rows = buildRows({ cutoffs: { m: [0, 3, 10, 11, 20, 21, 22, 30] }, horizon: 5, lookback: 6 });
  const evaluate = Uint32Array.of(2, 3);
  const train = Uint32Array.of(0, 1, 4, 5, 6, 7);
  assert.deepEqual(
    [...purged(rows, train, evaluate, 0)],
    [0, 1, 6, 7],
    "labels end at 16; the window of 21 starts at 15",
  );
  assert.deepEqual(
    [...purged(rows, train, evaluate, 2)],
    [0, 6, 7],
    "the label of 3 ends at 8, 2 before the first cutoff",
  );
});

test("no training row of a forward split spans an instant that an evaluation label looks at", () => {
  fc.assert(
    fc.property(randomRows(), forwardSplit(), ({ rows, horizon }, { spec, embargo }) => {
      for (const fold of splitRows(spec, rows, { seed: 1, horizon })) assertForward(rows, fold, embargo);
    }),
    settings,
  );
});

test("no inner training row spans an instant that an inner evaluation label looks at", () => {
  fc.assert(
    fc.property(
      randomRows(),
      forwardSplit(),
      fc.integer({ min: 1, max: 4 }),
      ({ rows, horizon }, { spec, embargo }, folds) => {
        for (const outer of splitRows(spec, rows, { seed: 1, horizon })) {
          for (const inner of innerFolds(spec, rows, outer.train, { seed: 1, folds })) {
            assertForward(rows, inner, embargo);
            assert.ok([...inner.train, ...inner.evaluate].every((row) => outer.train.includes(row)));
          }
        }
      },
    ),
    settings,
  );
});

test("every row is evaluated at most once, censored ones never, and none is trained on where it is evaluated", () => {
  const anySplit = fc.oneof(
    forwardSplit().map(({ spec }) => spec),
    fc.integer({ min: 2, max: 5 }).map((folds) => byMachine({ folds })),
    fc.constantFrom(0.2, 0.5, 0.9).map((share) => byMachine({ share })),
  );
  fc.assert(
    fc.property(randomRows(), anySplit, fc.nat(100), ({ rows, horizon }, spec, seed) => {
      const folds = splitRows(spec, rows, { seed, horizon });
      const evaluated = folds.flatMap((fold) => [...fold.evaluate]);
      assert.equal(new Set(evaluated).size, evaluated.length);
      for (const { train, evaluate, skipped } of folds) {
        assert.ok([...train, ...evaluate].every((row) => rows.state[row] !== 2));
        assert.ok(!train.some((row) => evaluate.includes(row)));
        for (const index of [train, evaluate]) assert.deepEqual(index, Uint32Array.from(index).sort());
        assert.equal(skipped === undefined, train.some((row) => rows.state[row] === 1) && evaluate.length > 0);
      }
    }),
    settings,
  );
});

function assertForward(rows: SplitRows, { train, evaluate }: Fold, embargo: number): void {
  for (const trained of train) {
    for (const evaluated of evaluate) {
      const cutoff = rows.cutoffs.cutoff[evaluated];
      assert.ok(rows.cutoffs.cutoff[trained] < cutoff);
      assert.ok(rows.labelEnd[trained] < cutoff - embargo, `${rows.labelEnd[trained]} reaches ${cutoff} - ${embargo}`);
    }
  }
}

/** Rows of four machines with irregular cutoffs and labels that end when they like, in microseconds 0 to 60. */
function randomRows(): fc.Arbitrary<{ rows: SplitRows; horizon: number }> {
  const cutoffs = fc.uniqueArray(fc.nat(MICROSECONDS), { maxLength: 25 }).map((list) => list.sort((a, b) => a - b));
  return fc
    .record({
      cutoffs: fc.record({ a: cutoffs, b: cutoffs, c: cutoffs, d: cutoffs }),
      horizon: fc.integer({ min: 1, max: 10 }),
      states: fc.array(fc.constantFrom(0, 0, 1, 2), { minLength: 100, maxLength: 100 }),
      late: fc.array(fc.constantFrom(0, 0, 0, 1, 20), { minLength: 100, maxLength: 100 }),
    })
    .map(({ cutoffs: byMachineName, horizon, states, late }) => {
      const rows = buildRows({ time: "timestamp", cutoffs: byMachineName, horizon, lookback: 4 });
      rows.state.forEach((_, row) => {
        rows.state[row] = states[row];
        rows.labelEnd[row] += late[row];
      });
      return { rows, horizon };
    });
}

function forwardSplit(): fc.Arbitrary<{ spec: SplitSpec; embargo: number }> {
  return fc
    .record({
      at: fc.integer({ min: 5, max: MICROSECONDS }),
      folds: fc.integer({ min: 1, max: 4 }),
      length: fc.integer({ min: 1, max: 15 }),
      embargo: fc.nat(4),
      kind: fc.constantFrom("byTime", "same", "held-out"),
      bounded: fc.boolean(),
    })
    .map(({ at, folds, length, embargo, kind, bounded }) => {
      const option = embargo === 0 ? {} : { embargo: `${embargo}us` };
      if (kind === "byTime")
        return { spec: byTime(`1970-01-01T00:00:00.${String(at).padStart(6, "0")}Z`, option), embargo };
      const machines = kind === "same" ? "same" : "held-out";
      const window = bounded ? { window: "20us" } : {};
      return { spec: rollingOrigin({ folds, test: `${length}us`, machines, ...window, ...option }), embargo };
    });
}
