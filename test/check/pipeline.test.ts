import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { checkPipeline } from "../../src/check/check-pipeline.ts";
import { pipelineSubject } from "../../src/check/pipeline-subject.ts";
import { reportText } from "../../src/check/report-text.ts";
import { archiveOf } from "../../src/pipeline/archive-of.ts";
import { rowsToSplit } from "../../src/splits/rows-to-split.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { smallFleet, smallOptions } from "../pipeline/support/small-fleet.ts";

const small = await smallFleet(test);

test("what the check fits is what a run fits: featurizer, model and threshold", async () => {
  const options = { ...smallOptions, publish: { refit: false } };
  const { published } = await small.run(options);
  const read = async (file: string) => JSON.parse(await readFile(join(published?.path ?? "", file), "utf8"));
  const { fleet } = await loadFleet(archiveOf(options), { folder: small.places().data });
  const subject = pipelineSubject(options, fleet, { threads: 1 });
  const labels = subject.labels(fleet, subject.cutoffs);
  const raw = await subject.features(fleet, subject.cutoffs);
  const [fold] = subject.split.folds(rowsToSplit(subject.split, subject.cutoffs, labels, fleet.time));
  const learner = subject.learners.find(({ name }) => name === "gbdt");
  const fitted = await learner?.fit({ fleet, cutoffs: subject.cutoffs, raw, labels }, fold);
  assert.deepEqual(JSON.parse(JSON.stringify(fitted)), {
    featurizer: await read("featurizer.json"),
    model: await read("model.json"),
    threshold: (await read("manifest.json")).scorer.threshold,
  });
});

test("a pipeline on files without a leak, as text", async () => {
  const options = { ...smallOptions, learners: [scheduleRule()] };
  const pipeline = { options, places: small.places(), source: "test", overrides: {} };
  const told: string[] = [];
  const watcher = {
    started: (stage: string) => told.push(stage),
    progressed() {},
    ended() {},
  };
  const report = await checkPipeline(pipeline, { trials: 10, seed: 4, watcher });
  assert.deepEqual(report.leaks, []);
  assert.deepEqual(told.slice(-2), ["features and labels", "fits of schedule"]);
  const [values, labels] = [report.values, report.labels].map((count) => count.toLocaleString("en"));
  assert.equal(
    reportText(report),
    `
✓ features  ${report.columns} columns, 12 machines: ${values} values stayed the same to the bit
            when what was unknown at a cutoff was deleted, then changed
✓ labels    ${labels} labels stayed the same when what came after was changed
✓ splits    1 fold: no training row overlaps what an evaluation row predicts
✓ fits      schedule: featurizer, model and threshold stayed the same
            to the byte in 2 fits with other data outside training

no leak found in 10 trials (seed 4)
`,
  );
});
