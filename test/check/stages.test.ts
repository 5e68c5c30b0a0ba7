/** Leaks of labels, splits and fits in a pipeline that has none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLeaks } from "../../src/check/check-leaks.ts";
import type { LeakSubject } from "../../src/check/subject.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";
import { FAILS } from "../../src/labels/labels.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import type { SplitSpec } from "../../src/splits/spec.ts";
import { subjectOf } from "./worn-fleet.ts";

const splits: [claim: string, split: SplitSpec][] = [
  ["by machine", byMachine({ share: 0.4 })],
  ["rolling origin on other machines", rollingOrigin({ folds: 1, test: "48h", machines: "held-out", embargo: "2h" })],
];
for (const [claim, split] of splits) {
  test(`${claim}: no split and no fit leaks`, async () => {
    const report = await checkLeaks(subjectOf({ split }), { trials: 0 });
    assert.deepEqual(report.leaks, []);
    assert.deepEqual(report.notFitted, []);
    assert.equal(report.fits, 2);
  });
}

const withoutFits = (split: SplitSpec): LeakSubject => ({ ...subjectOf({ split }), learners: [] });

test("a split that purges nothing is found in each fold, and in the folds inside", async () => {
  const subject = withoutFits(rollingOrigin({ folds: 2, test: "36h" }));
  const { split } = subject;
  const blind = {
    ...split,
    folds: (rows: Parameters<typeof split.folds>[0]) => split.folds({ ...rows, labelEnd: rows.cutoffs.cutoff }),
  };
  const { leaks } = await checkLeaks({ ...subject, split: blind }, { trials: 0 });
  assert.deepEqual(
    leaks.map((leak) => leak.leak === "split" && leak.reason),
    ["overlaps an evaluation label", "overlaps an evaluation label"],
  );
  const inside: LeakSubject["split"] = { ...split, innerFolds: (rows) => split.folds(rows) };
  const inner = await checkLeaks({ ...subject, split: inside }, { trials: 0 });
  assert.ok(inner.leaks.some((leak) => leak.leak === "split" && leak.reason === "row outside training"));
  assert.ok(inner.leaks.every((leak) => leak.leak === "split" && leak.fold.includes(", inner fold ")));
});

test("a label that says it looks less far than it does is found", async () => {
  const subject = withoutFits(byMachine({ folds: 2 }));
  const labels: LeakSubject["labels"] = (fleet, cutoffs) => ({
    ...subject.labels(fleet, cutoffs),
    end: cutoffs.cutoff.map((cutoff) => cutoff + HOUR),
  });
  const { leaks } = await checkLeaks({ ...subject, labels }, { trials: 20, seed: 1 });
  const [leak, ...others] = leaks;
  assert.deepEqual(others, []);
  assert.ok(leak?.leak === "label");
  assert.equal(leak.end, leak.cutoff + HOUR);
  assert.ok(["failures", "maintenance"].includes(leak.cause.table));
});

test("a fit on evaluation rows, one that fails without them, and one that reads later records are found", async () => {
  const subject = subjectOf();
  const report = await checkLeaks(
    {
      ...subject,
      learners: [
        {
          name: "greedy",
          async fit({ labels }, { train, evaluate }) {
            const failing = [...train, ...evaluate].filter((row) => labels.state[row] === FAILS).length;
            return { featurizer: null, model: { failing }, threshold: null };
          },
        },
        {
          name: "fragile",
          async fit({ labels }, { evaluate }) {
            const isKnown = !Number.isNaN(labels.value[evaluate[0]]);
            if (!isKnown) throw new ForewarnError("DATA_TARGET", { problem: "a target is missing" });
            return { featurizer: null, model: null, threshold: null };
          },
        },
        {
          name: "late",
          async fit({ fleet }) {
            const failures = fleet.events["failures"].time;
            return {
              featurizer: { lives: [failures[0], failures[failures.length - 1]] },
              model: null,
              threshold: null,
            };
          },
        },
        { name: "lost", fit: async () => undefined },
      ],
    },
    { trials: 0 },
  );
  const told = report.leaks.map((leak) => (leak.leak === "fit" ? [leak.learner, leak.stage, leak.where] : leak));
  assert.deepEqual(told, [
    ["greedy", "model", "failing"],
    ["fragile", "model", ""],
    ["late", "featurizer", "lives[1]"],
  ]);
  const [greedy, fragile, late] = report.leaks;
  assert.ok(greedy.leak === "fit");
  assert.deepEqual(greedy.reads, ["labels"]);
  assert.ok(fragile.leak === "fit" && fragile.values[1] === "a target is missing");
  assert.deepEqual(fragile.reads, ["labels"]);
  assert.ok(late.leak === "fit");
  assert.deepEqual(late.reads, ["events"]);
  assert.deepEqual(report.notFitted, ["lost, at 1970-01-06T12:00:00Z: not enough failures"]);
});

test("the same seed finds the same, an aborted check ends as interrupted", async () => {
  const subject = { ...subjectOf(), learners: [] };
  const leaking: LeakSubject = {
    ...subject,
    features: (fleet, cutoffs) =>
      subject.features(fleet, { ...cutoffs, cutoff: cutoffs.cutoff.map((cutoff) => cutoff + HOUR) }),
  };
  const [first, second] = [await checkLeaks(leaking, { trials: 6 }), await checkLeaks(leaking, { trials: 6 })];
  assert.ok(first.leaks.length > 0);
  assert.deepEqual(first, second);
  await assert.rejects(checkLeaks(subject, { signal: AbortSignal.abort() }), { code: "INTERRUPTED_CHECK" });
});
