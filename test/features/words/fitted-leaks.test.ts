import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { loadFleet } from "../../../src/archive/load-fleet.ts";
import { checkLeaks } from "../../../src/check/check-leaks.ts";
import { pipelineSubject } from "../../../src/check/pipeline-subject.ts";
import { attributes } from "../../../src/features/words/attributes.ts";
import { clip } from "../../../src/features/words/clip.ts";
import { healthyBaseline } from "../../../src/features/words/healthy-baseline.ts";
import { operatingModes } from "../../../src/features/words/operating-modes.ts";
import { principalComponents } from "../../../src/features/words/principal-components.ts";
import { residualOf } from "../../../src/features/words/residual-of.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { archiveOf } from "../../../src/pipeline/archive-of.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { smallFleet, smallOptions } from "../../pipeline/support/small-fleet.ts";

const [vibration, temperature] = ["vibration_mean_12h", "temperature_mean_12h"];
const options = {
  ...smallOptions,
  features: [
    rolling(["vibration", "temperature"], { over: ["12h"], stats: ["mean", "max"] }),
    operatingModes({ by: [temperature], modes: 2, standardise: [vibration] }),
    healthyBaseline([vibration, temperature]),
    principalComponents([vibration, temperature, "vibration_max_12h"], { components: 1, scores: true }),
    residualOf(vibration, { given: temperature }),
    clip([vibration]),
    attributes("model", { encoding: "code" }),
    attributes("model", { encoding: "frequency" }),
  ],
  learners: [gbdt({ trees: 8, leaves: 5 })],
};
const small = await smallFleet(test);

test("the leak check finds none in a pipeline with every feature that is fitted", async () => {
  const { fleet } = await loadFleet(archiveOf(options), { folder: small.places().data });
  const report = await checkLeaks(pipelineSubject(options, fleet, { threads: 1 }), { trials: 8, seed: 4 });
  assert.deepEqual(report.leaks, []);
  assert.equal(report.fits, 2);
});

test("a pipeline with them is trained, published and scores files with what was published", async () => {
  const { published } = await small.run({ ...options, publish: { refit: false } });
  const featurizer = JSON.parse(await readFile(join(published?.path ?? "", "featurizer.json"), "utf8"));
  // Only what the model reads is published.
  assert.ok(featurizer.outputs.some(({ from }: { from: string }) => from !== "raw"));
  const { rows } = await small.score();
  assert.ok(rows.length > 0);
});
