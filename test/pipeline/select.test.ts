/** Selection inside a run: each fold by its own training rows, and a published version that computes what its model reads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { relevantFeatures } from "../../src/features/selection/relevant-features.ts";
import type { SelectedFeatures } from "../../src/features/selection/select-features.ts";
import { minus } from "../../src/features/words/arithmetic.ts";
import { derive } from "../../src/features/words/derive.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { smallFleet, smallOptions } from "./support/small-fleet.ts";

test("a run selects columns for the learners that take any, and says how many and which", async (context) => {
  const small = await smallFleet(context);
  const features = [
    ...smallOptions.features,
    derive("vibration_rise", minus("vibration_mean_12h", "vibration_mean_3d")),
  ];
  const learners = [scheduleRule(), gbdt({ trees: 4, leaves: 3 })];
  const { metrics, report, published } = await small.run({
    features,
    learners,
    select: relevantFeatures({ atLeast: 3, correlation: 0.9 }),
  });
  assert.equal(metrics["schedule"].folds[0].columns, undefined, "the schedule picks its own columns");
  const { columns } = metrics["gbdt"].folds[0];
  assert.ok(columns !== undefined && columns.kept >= 3 && columns.irrelevant + columns.correlated > 0);

  const { kept, dropped }: SelectedFeatures = JSON.parse(readFileSync(join(report, "..", "selection.json"), "utf8"));
  assert.ok(dropped.every((one) => !kept.includes(one.name)));
  const version = join(small.places().registry, "small", String(published?.version));
  const stored = (name: string) => JSON.parse(readFileSync(join(version, name), "utf8"));
  const [featurizer, model] = [stored("featurizer.json"), stored("model.json")];
  assert.deepEqual(featurizer.names, model.features, "no column that no tree splits on is computed");
  assert.ok(model.features.every((name: string) => kept.includes(name)));
  assert.ok(model.features.length <= 4 * 2, "four trees of three leaves split on eight columns at most");
  const { summary } = await small.score();
  assert.ok((summary.statuses["scored"] ?? 0) > 0);
});
