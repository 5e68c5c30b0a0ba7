import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseInstant } from "../../src/core/time.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { smallFleet } from "./support/small-fleet.ts";

test("the published model knows all labelled rows unless it is the last fold's, and metrics.json says whose figures it holds", async (context) => {
  const small = await smallFleet(context);
  const published = async (refit: boolean) => {
    const { published } = await small.run({ publish: { refit } });
    const json = (name: string) => JSON.parse(readFileSync(join(published?.path ?? "", name), "utf8"));
    const { describes, learners } = json("metrics.json");
    return { describes, learners, trainedUntil: json("manifest.json").scorer.trainedUntil };
  };
  const [refitted, ofFold] = [await published(true), await published(false)];
  const split = parseInstant("2025-03-10", "timestamp");
  const horizon = parseInstant("2025-03-12", "timestamp") - split;
  assert.ok(refitted.trainedUntil > split + horizon);
  assert.ok(ofFold.trainedUntil < split + horizon);
  assert.match(refitted.describes, /the models of the folds; the published model is refitted on all known rows/);
  assert.match(ofFold.describes, /the models of all folds; the published model is that of the last/);
  assert.deepEqual(refitted.learners, ofFold.learners, "either way the figures are those of the folds");
});

test("the published model alarms at the threshold its figures were made with, and has as many trees as the folds found", async (context) => {
  const small = await smallFleet(context);
  const learners = [scheduleRule(), gbdt({ trees: 60, leaves: 7, earlyStopping: 5 })];
  const { published, metrics } = await small.run({ learners });
  const json = (name: string) => JSON.parse(readFileSync(join(published?.path ?? "", name), "utf8"));
  const [fold] = metrics["gbdt"].folds;
  assert.equal(json("manifest.json").scorer.threshold, fold.threshold);
  assert.ok((fold.iterations ?? 0) < 60, "stopped early");
  assert.equal(json("model.json").trees.length, fold.iterations);
});
