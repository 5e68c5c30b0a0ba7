/** The split search against one that tries everything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Tree, TreeModel } from "../../../src/training/gbdt/trees.ts";
import { gbdt } from "../../../src/training/index.ts";
import type { TrainingSet } from "../../../src/training/learner.ts";
import { BINARY, fit, LIFE, setOf } from "../data.ts";

interface Candidate {
  feature: string;
  /** The largest value that goes left. */
  highest: number;
  missingLeft: boolean;
  goesLeft: readonly boolean[];
  gain: number;
}

interface Limits {
  minRows: number;
  l2: number;
}

/** Every split that keeps the limits: columns in order, then cuts from below, then the missing left before right. */
function everySplit(set: TrainingSet, { minRows, l2 }: Limits): Candidate[] {
  const weight = set.weight ?? new Float64Array(set.matrix.rows).fill(1);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = set.target.reduce((sum, y, i) => sum + y * weight[i], 0) / total;
  const hessian = set.task.kind === "binary" ? mean * (1 - mean) : 1;
  const part = (rows: readonly boolean[], side: boolean): number => {
    let gradient = 0;
    let hessians = 0;
    rows.forEach((left, i) => {
      if (left !== side) return;
      gradient += weight[i] * (mean - set.target[i]);
      hessians += weight[i] * hessian;
    });
    return gradient ** 2 / (hessians + l2);
  };
  const whole = part(set.matrix.columns[0] === undefined ? [] : [...set.target].map(() => true), true);
  const found: Candidate[] = [];
  set.matrix.columns.forEach((column, c) => {
    const values = [...new Set([...column].filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b);
    const anyMissing = column.some((value) => Number.isNaN(value));
    for (const highest of anyMissing ? values : values.slice(0, -1)) {
      for (const missingLeft of anyMissing ? [true, false] : [false]) {
        const goesLeft = Array.from(column, (value) => (Number.isNaN(value) ? missingLeft : value <= highest));
        const left = weight.reduce((sum, w, i) => sum + (goesLeft[i] ? w : 0), 0);
        if (left < minRows || total - left < minRows) continue;
        const gain = part(goesLeft, true) + part(goesLeft, false) - whole;
        found.push({ feature: set.matrix.names[c], highest, missingLeft, goesLeft, gain });
      }
    }
  });
  return found;
}

function leftOf(tree: Tree, column: Float32Array): boolean[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? tree.missingLeft[0] === 1 : value <= tree.threshold[0]));
}

const samePartition = (a: readonly boolean[], b: readonly boolean[]): boolean =>
  a.every((left, i) => left === b[i]) || a.every((left, i) => left !== b[i]);

const column = (rows: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    {
      minLength: rows,
      maxLength: rows,
    },
  );

const problem = fc.integer({ min: 4, max: 24 }).chain((rows) =>
  fc.record({
    columns: fc.array(column(rows), { minLength: 1, maxLength: 6 }),
    target: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
    weight: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rows, maxLength: rows }),
    minRows: fc.integer({ min: 1, max: 6 }),
    l2: fc.constantFrom(0, 0.5, 3),
    task: fc.constantFrom(BINARY, LIFE),
  }),
);

test("the first split is the best of all columns, cuts and sides of the missing, and among equals the first", async () => {
  let tied = 0;
  await fc.assert(
    fc.asyncProperty(problem, async ({ columns, target, weight, minRows, l2, task }) => {
      fc.pre(new Set(target).size === 2);
      const named = Object.fromEntries(columns.map((values, c) => [`c${c}`, values]));
      const set: TrainingSet = { ...setOf(task, named, target), weight: Float64Array.from(weight) };
      const spec = gbdt({ trees: 1, leaves: 2, learningRate: 1, minRows, l2, minHessian: 0 });
      const model = (await fit(spec, set)) as TreeModel;
      const splits = everySplit(set, { minRows, l2 });
      const most = splits.reduce((best, split) => Math.max(best, split.gain), 0);
      const tree = model.ensemble.trees[0];
      if (tree === undefined) {
        assert.ok(most < 1e-7, `no split, but one gains ${most}`);
        return;
      }
      const feature = model.features[tree.feature[0]];
      const chosen = leftOf(tree, set.matrix.columns[set.matrix.names.indexOf(feature)]);
      const best = splits.filter((split) => split.gain >= most - 1e-7);
      assert.ok(best.some((split) => split.feature === feature && samePartition(split.goesLeft, chosen)));
      if (best.every((split) => samePartition(split.goesLeft, best[0].goesLeft))) {
        if (best.length > 1) tied++;
        assert.equal(feature, best[0].feature);
        assert.deepEqual(chosen, best[0].goesLeft);
      }
      const gain = model.importance?.().find((entry) => entry.feature === feature)?.gain ?? 0;
      assert.ok(Math.abs(gain - most) < 1e-6 * (1 + most), `${gain} is not ${most}`);
    }),
    { numRuns: 600, seed: 42 },
  );
  assert.ok(tied > 20, `only ${tied} ties came up`);
});

test("of two columns that split alike the first in the matrix is taken", async () => {
  const x = [1, 2, 3, 4, 5, 6];
  const set = setOf(BINARY, { second: x, first: x.map((value) => -value) }, [0, 0, 0, 1, 1, 1]);
  const model = (await fit(gbdt({ trees: 1, minRows: 1, minHessian: 0 }), set)) as TreeModel;
  assert.equal(model.features[model.ensemble.trees[0].feature[0]], "second");
  assert.equal(model.ensemble.trees[0].threshold[0], 3.5);
});

test("minRows counts weight, not rows", async () => {
  const set = setOf(LIFE, { x: [1, 2, 3, 4] }, [0, 0, 0, 9]);
  const spec = gbdt({ trees: 1, leaves: 2, minRows: 3 });
  assert.equal((await fit(spec, set)).iterations, 0);
  const weighted = (await fit(spec, { ...set, weight: Float64Array.of(1, 1, 1, 3) })) as TreeModel;
  assert.equal(weighted.ensemble.trees[0].threshold[0], 3.5);
});

test("a split must gain more than minGain", async () => {
  // The mean is 3; split at the step: G^2 / H is 36 / 4 on either side, so the gain is 18.
  const set = setOf(LIFE, { x: [1, 2, 3, 4, 5, 6, 7, 8] }, [1.5, 1.5, 1.5, 1.5, 4.5, 4.5, 4.5, 4.5]);
  const options = { trees: 1, leaves: 2, minRows: 1 };
  assert.equal((await fit(gbdt({ ...options, minGain: 17.99 }), set)).iterations, 1);
  assert.equal((await fit(gbdt({ ...options, minGain: 18 }), set)).iterations, 0);
  assert.deepEqual((await fit(gbdt({ ...options, minGain: 1 }), set)).importance?.(), [{ feature: "x", gain: 18 }]);
});

test("the leaf that gains most is split first", async () => {
  // The root splits at 4.5; the right side's steps (0, 40) gain more than the left side's (0, 10).
  const x = [1, 2, 3, 4, 5, 6, 7, 8];
  const set = setOf(LIFE, { x }, [0, 0, 10, 10, 50, 50, 90, 90]);
  const tree = ((await fit(gbdt({ trees: 1, leaves: 3, minRows: 1 }), set)) as TreeModel).ensemble.trees[0];
  assert.deepEqual([...tree.feature], [0, -1, 0, -1, -1]);
  assert.deepEqual([...tree.threshold], [4.5, 0, 6.5, 0, 0]);
  assert.deepEqual([...tree.left], [1, -1, 3, -1, -1]);
  assert.deepEqual([...tree.right], [2, -1, 4, -1, -1]);
});
