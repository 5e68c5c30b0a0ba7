import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parquetReadObjects } from "hyparquet";
import { type Cutoffs, takeCutoffs } from "../../src/core/matrix.ts";
import { codeVersion } from "../../src/core/version.ts";
import { featurize } from "../../src/features/apply.ts";
import { attributes } from "../../src/features/words/attributes.ts";
import { countOf } from "../../src/features/words/count-of.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { timeSince } from "../../src/features/words/time-since.ts";
import { usedSince } from "../../src/features/words/used-since.ts";
import type { Task } from "../../src/labels/labels.ts";
import { score } from "../../src/scoring/score.ts";
import { openScorer } from "../../src/scoring/scorer.ts";
import { scoringCutoffs } from "../../src/scoring/scoring-cutoffs.ts";
import { writePredictions } from "../../src/scoring/write-predictions.ts";
import { alarmScores } from "../../src/training/alarm-score.ts";
import { withPublished } from "./published.ts";

const binary: Task = { kind: "binary" };
const multiclass: Task = { kind: "multiclass", classes: ["none", "belt", "motor"] };
const regression: Task = { kind: "regression", cap: 40 };
const lineage = { scoredAt: new Date("2026-01-02T03:04:05Z"), runId: "run-7" };

/** The options that hold every row for observed. */
function allObserved({ cutoff }: Cutoffs) {
  return { ...lineage, observed: new Uint8Array(cutoff.length).fill(1) };
}

for (const task of [binary, multiclass, regression]) {
  test(`a registered version scores to the bit what its model says directly (${task.kind})`, () =>
    withPublished(task, async ({ registry, fleet, featurizer, model }) => {
      const scorer = await openScorer(registry, "press@production");
      const { cutoffs } = scoringCutoffs(scorer.manifest, fleet);
      const scored = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
      const raw = model.raw(await featurize(featurizer, fleet, cutoffs));
      assert.equal(new Set(raw).size > 2, true);
      assert.deepEqual(scored.predicted, model.link(raw));
      assert.deepEqual(scored.score, task.kind === "regression" ? Float64Array.from(raw) : alarmScores(model, raw));
      assert.ok(scored.status.every((status) => status === "scored"));
    }));
}

test("scoring some rows, or on more threads, gives the same bits as scoring all", () =>
  withPublished(binary, async ({ registry, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const { cutoffs } = scoringCutoffs(scorer.manifest, fleet);
    const all = await score(scorer, fleet, cutoffs, { ...allObserved(cutoffs), threads: 2 });
    const some = Uint32Array.of(3, 29, 30, 90);
    const taken = takeCutoffs(cutoffs, some);
    const few = await score(scorer, fleet, taken, allObserved(taken));
    assert.deepEqual(
      few.predicted,
      Float32Array.from(some, (row) => all.predicted[row]),
    );
  }));

test("a row is out of observation from a failure until its repair and never gets a prediction", () =>
  withPublished(
    binary,
    async ({ registry, fleet }) => {
      const scorer = await openScorer(registry, "press@1");
      const { cutoffs, observed } = scoringCutoffs(scorer.manifest, fleet);
      const scored = await score(scorer, fleet, cutoffs, { ...lineage, observed });
      const out = [...cutoffs.cutoff.keys()].filter((row) => scored.status[row] === "out of observation");
      assert.deepEqual(
        out.map((row) => [cutoffs.machines[cutoffs.machine[row]], cutoffs.cutoff[row]]),
        [
          ["b", 30],
          ["b", 31],
          ["b", 32],
          // Readings miss after 40; with `stale: "2c"` the machine is out once they are older than that.
          ["b", 43],
          ["b", 44],
          ["b", 45],
          ["b", 46],
          ["b", 47],
          ["b", 48],
          ["b", 49],
        ],
      );
      for (const row of out) {
        assert.ok(Number.isNaN(scored.predicted[row]) && Number.isNaN(scored.score[row]));
        assert.equal(scored.alarm[row], 0);
      }
      assert.equal(scored.status.filter((status) => status === "scored").length, cutoffs.cutoff.length - out.length);
    },
    { every: "1c", stale: "2c" },
  ));

test("a row whose every feature is missing is no reading, not a prediction", () =>
  withPublished(binary, async ({ registry, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(1, 1), cutoff: Float64Array.of(40, 46) };
    const scored = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
    assert.deepEqual(scored.status, ["scored", "no readings"]);
    assert.ok(Number.isNaN(scored.predicted[1]) && !Number.isNaN(scored.predicted[0]));
  }));

test("a row long after the last reading is no reading, whatever its counts, its age and its attributes say", () => {
  const features = [
    rolling("volt", { over: "3c", stats: ["mean", "count"] }),
    countOf("maintenance", { over: "3c" }),
    timeSince("maintenance"),
    usedSince("maintenance"),
    attributes("power"),
  ];
  return withPublished(
    binary,
    async ({ registry, fleet }) => {
      const scorer = await openScorer(registry, "press");
      const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(1, 1), cutoff: Float64Array.of(60, 500) };
      const matrix = await featurize(scorer.featurizer, fleet, cutoffs);
      assert.ok(matrix.names.includes("power") && matrix.names.includes("maintenance_any_usedSince"));
      assert.deepEqual(
        matrix.names.filter((_, i) => Number.isNaN(matrix.columns[i][1])),
        ["volt_mean_3c"],
      );
      const scored = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
      assert.deepEqual(scored.status, ["scored", "no readings"]);
      assert.ok(Number.isNaN(scored.predicted[1]) && Number.isNaN(scored.score[1]));
      assert.equal(scored.alarm[1], 0);
    },
    {},
    features,
  );
});

test("a model that reads no sensor needs no reading", () =>
  withPublished(
    binary,
    async ({ registry, fleet }) => {
      const scorer = await openScorer(registry, "press");
      const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(0, 1), cutoff: Float64Array.of(500, 500) };
      const scored = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
      assert.deepEqual(scored.status, ["scored", "scored"]);
    },
    {},
    [timeSince("maintenance"), countOf("maintenance", { over: "3c" }), attributes("power")],
  ));

test("an alarm is a score at or above the threshold", () =>
  withPublished(binary, async ({ registry, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const { cutoffs } = scoringCutoffs(scorer.manifest, fleet);
    const { score: scores } = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
    const highest = Math.max(...scores);
    const at = { ...scorer, manifest: { ...scorer.manifest, threshold: highest } };
    const { alarm } = await score(at, fleet, cutoffs, allObserved(cutoffs));
    assert.deepEqual(
      [...alarm],
      [...scores].map((value) => (value === highest ? 1 : 0)),
    );
    assert.ok(alarm.includes(1) && alarm.includes(0));
  }));

test("the file of predictions carries who made each number, and null where there is none", () =>
  withPublished(binary, async ({ registry, folder, fleet, manifest }) => {
    const scorer = await openScorer(registry, "press@production");
    const { cutoffs } = scoringCutoffs(scorer.manifest, fleet);
    const observed = new Uint8Array(cutoffs.cutoff.length).fill(1);
    observed[1] = 0;
    const scored = await score(scorer, fleet, cutoffs, { ...lineage, observed });
    const path = join(folder, "out", "predictions.parquet");
    await writePredictions(path, scored);
    const rows = await readParquet(path);
    assert.equal(rows.length, cutoffs.cutoff.length);
    const traced = {
      machine: "a",
      scored_at: new Date("2026-01-02T03:04:05Z"),
      model: "press",
      model_version: 1,
      scorer_version: codeVersion().version,
      featurizer_version: manifest.featurizerHash,
      run_id: "run-7",
      cluster_id: "local",
      node_id: hostname(),
    };
    assert.deepEqual(rows[0], {
      ...traced,
      cutoff: 1n,
      status: "scored",
      probability: scored.predicted[0],
      score: scored.score[0],
      alarm: scored.alarm[0] === 1,
    });
    assert.deepEqual(rows[1], {
      ...traced,
      cutoff: 2n,
      status: "out of observation",
      probability: null,
      score: null,
      alarm: null,
    });
    assert.deepEqual(
      rows.slice(2).map((row) => row["probability"]),
      [...scored.predicted.subarray(2)],
    );
    assert.deepEqual(await readdir(join(folder, "out")), ["predictions.parquet"]);
  }));

test("several classes have a column each, a remaining life raises no alarm, and instants are UTC timestamps", async () => {
  await withPublished(multiclass, async ({ registry, folder, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(1), cutoff: Float64Array.of(25) };
    const scored = await score(scorer, fleet, cutoffs, { ...allObserved(cutoffs), clusterId: "c1", nodeId: "n1" });
    const path = join(folder, "p.parquet");
    await writePredictions(path, {
      ...scored,
      time: "timestamp",
      rows: { ...cutoffs, cutoff: Float64Array.of(1_420_070_400_000_000) },
    });
    const [row] = await readParquet(path);
    assert.deepEqual(row["cutoff"], new Date("2015-01-01T00:00:00Z"));
    assert.deepEqual(
      [row["probability_none"], row["probability_belt"], row["probability_motor"]],
      [...scored.predicted],
    );
    assert.deepEqual([row["cluster_id"], row["node_id"]], ["c1", "n1"]);
  });
  await withPublished(regression, async ({ registry, folder, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(1), cutoff: Float64Array.of(25) };
    const scored = await score(scorer, fleet, cutoffs, allObserved(cutoffs));
    const path = join(folder, "p.parquet");
    await writePredictions(path, scored);
    const [row] = await readParquet(path);
    assert.deepEqual([row["remaining_life"], row["alarm"]], [scored.predicted[0], null]);
  });
});

test("a damaged version is not opened", () =>
  withPublished(binary, async ({ registry, folder }) => {
    const path = join(folder, "press", "1", "model.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"version":1', '"version": 1'));
    await assert.rejects(openScorer(registry, "press"), { code: "REGISTRY_SUM_MISMATCH" });
  }));

test("a version whose featurizer, task or learner is not the manifest's is not opened", async () => {
  for (const changes of [{ featurizerHash: "0".repeat(64) }, { task: regression }, { learner: "scheduleRule" }]) {
    await withPublished(
      binary,
      ({ registry }) => assert.rejects(openScorer(registry, "press"), { code: "REGISTRY_SCORER_MISMATCH" }),
      changes,
    );
  }
});

test("a version that was published without a scorer is refused with its place", () =>
  withPublished(binary, async ({ registry }) => {
    await registry.publish({ model: "press", files: new Map(), manifest: {}, now: new Date(0) });
    await assert.rejects(openScorer(registry, "press@2"), { code: "REGISTRY_SCORER_UNREADABLE" });
  }));

test("a fleet that counts its time otherwise is refused", () =>
  withPublished(binary, async ({ registry, fleet }) => {
    const scorer = await openScorer(registry, "press");
    const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(5) };
    await assert.rejects(score(scorer, { ...fleet, time: "timestamp" }, cutoffs, allObserved(cutoffs)), {
      code: "DATA_TIME_KIND",
    });
  }));

async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, length } = await readFile(path);
  return await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer });
}
