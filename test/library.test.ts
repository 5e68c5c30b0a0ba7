import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type ArchiveSpec, csv, loadFleet, parquet } from "../src/archive/index.ts";
import { chooseThreshold, evaluate } from "../src/evaluation/index.ts";
import { checkParity } from "../src/export/index.ts";
import {
  applyFeaturizer,
  computeFeatures,
  countOf,
  describeFleet,
  planFeatures,
  rolling,
} from "../src/features/index.ts";
import { durationLength, scoreFiles, takeCutoffs, takeRows, versionFiles } from "../src/index.ts";
import {
  buildHistory,
  CENSORED,
  failsWithin,
  gridCutoffs,
  labelHorizon,
  labelRows,
  observe,
} from "../src/labels/index.ts";
import { folderStore, openRegistry } from "../src/registry/index.ts";
import { openScorer, score } from "../src/scoring/index.ts";
import { simulateFleet } from "../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../src/simulate/write-fleet.ts";
import { innerFolds, rollingOrigin, rowsToSplit, splitRows } from "../src/splits/index.ts";
import {
  alarmScores,
  gbdt,
  learnerOf,
  type PartOptions,
  predictRows,
  refitPart,
  type TrainingRows,
  trainFolds,
} from "../src/training/index.ts";

test("the stages as library calls go from an archive to the scores of a registered version, to the bit those of its training", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const data = join(folder, "data");
  await writeFleet(data, simulateFleet({ seed: 5, machines: 12, days: 110, every: "3h" }));

  const event = { machine: "machine", time: "time" };
  const archive: ArchiveSpec = {
    time: "timestamp",
    telemetry: [parquet("telemetry", { ...event, sensors: ["vibration", "temperature"] })],
    events: {
      failures: csv("failures.csv", { ...event, kind: "component" }),
      errors: csv("errors.csv", { ...event, kind: "code" }),
    },
  };
  const { fleet } = await loadFleet(archive, { folder: data });
  const every = durationLength("6h", fleet.time);
  const label = failsWithin("48h", { of: "failures" });
  const history = buildHistory(fleet, label);
  const observation = observe(fleet, history, { every });
  const cutoffs = gridCutoffs(fleet, observation, every);
  const words = [
    rolling(["vibration", "temperature"], { over: ["12h", "3d"], stats: ["mean", "max"] }),
    countOf("errors", { over: "48h" }),
  ];
  const plan = planFeatures(words, describeFleet(fleet), { every });
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const labels = labelRows(label, fleet, history, observation, cutoffs);
  const rows: TrainingRows = { fleet, plan, cutoffs, raw, labels };

  const split = rollingOrigin({ folds: 2, test: "15d" });
  const horizon = labelHorizon(label, fleet.time);
  const divided = rowsToSplit(plan, cutoffs, labels, fleet.time);
  const folds = splitRows(split, divided, { seed: 0, horizon });
  const alarms = { history, cutoffs, every, horizon, leadTime: durationLength("6h", fleet.time) };
  const costs = { missed: 10_000, falseAlarm: 500, planned: 1_500 };
  const options: PartOptions = {
    seed: 0,
    innerFolds: (train) => innerFolds(split, divided, train, { seed: 0, folds: 2 }),
    threshold: (predictions) => chooseThreshold({ ...alarms, predictions, costs }).threshold,
  };
  const spec = gbdt({ trees: 15, leaves: 7 });
  const trained = await trainFolds(spec, rows, folds, options);
  assert.ok(trained.predictions !== null && trained.settled !== null);
  const { metrics } = evaluate({
    predictions: trained.predictions,
    folds: trained.folds.map(({ part, ...fold }) => ({ ...fold, threshold: part?.threshold ?? null })),
    alarms,
    costs,
    policy: learnerOf(spec).policy,
    resamples: 20,
    seed: 0,
  });
  const { target } = trained.predictions;
  const failing = target.reduce((sum, value) => sum + value, 0) / target.length;
  assert.ok((metrics.averagePrecision ?? 0) > 2 * failing, `average precision ${metrics.averagePrecision}`);
  assert.equal(metrics.folds.length, 2);

  const known = Uint32Array.from(labels.state.keys()).filter((row) => labels.state[row] !== CENSORED);
  const part = await refitPart(spec, rows, known, trained.settled, options);
  const { files, scorer: scorerManifest } = versionFiles({ name: "presses", archive, every: "6h", label, part });
  const matrix = takeRows(applyFeaturizer(part.featurizer, raw), known);
  const onnx = files.get("model.onnx");
  assert.ok(onnx !== undefined);
  assert.equal((await checkParity(part.model, onnx, matrix)).rows, known.length);
  const registry = openRegistry(folderStore(join(folder, "registry")));
  const manifest = { scorer: scorerManifest };
  await registry.publish({ model: "presses", files, manifest, now: new Date(0) });

  const scorer = await openScorer(registry, "presses");
  const scored = await score(scorer, fleet, takeCutoffs(cutoffs, known), {
    observed: new Uint8Array(known.length).fill(1),
    scoredAt: new Date(0),
    runId: "r",
  });
  const said = predictRows(rows, part, known, 0);
  assert.deepEqual(bytes(scored.predicted), bytes(said.predicted));
  assert.deepEqual(bytes(scored.score), bytes(said.score));
  assert.deepEqual(bytes(scored.score), bytes(alarmScores(part.model, part.model.raw(matrix))));

  const out = join(folder, "predictions.parquet");
  const summary = await scoreFiles({ model: "presses@1", data, registry: join(folder, "registry"), out });
  assert.deepEqual([summary.version, summary.rows], [1, fleet.machines.length]);
});

function bytes({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
