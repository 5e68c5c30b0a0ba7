import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { parquet } from "../../src/archive/parquet.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { takeCutoffs } from "../../src/core/matrix.ts";
import { featurize } from "../../src/features/apply.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../src/features/words/schedule-used.ts";
import { remainingLife } from "../../src/labels/remaining-life.ts";
import { archiveOf } from "../../src/pipeline/archive-of.ts";
import { scoreFiles } from "../../src/pipeline/score-files.ts";
import { atLeast, notWorseThan } from "../../src/registry/gates.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { openScorer } from "../../src/scoring/scorer.ts";
import { scoringCutoffs } from "../../src/scoring/scoring-cutoffs.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { readPredictions } from "./support/read-predictions.ts";
import { smallFleet, smallOptions } from "./support/small-fleet.ts";

/** Every file of a folder by its path, as text that shows what differs. */
function contents(folder: string, leaveOut: readonly string[] = []): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !leaveOut.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path)).toString("base64")]));
}

test("a run gives a registered version, a report and figures of the model beside the schedule", async (context) => {
  const small = await smallFleet(context);
  const result = await small.run();
  assert.equal(result.status, "done");
  assert.deepEqual(Object.keys(result.metrics), ["schedule", "gbdt"]);
  assert.equal(result.published?.version, 1);
  assert.deepEqual(readdirSync(join(small.places().registry, "small", "1")).sort(), [
    "MLmodel",
    "SHA256SUMS",
    "claim",
    "featurizer.json",
    "manifest.json",
    "metrics.json",
    "model.json",
    "model.onnx",
    "report.html",
  ]);
  const { rows } = result;
  assert.equal(rows.read, rows.used + rows.quarantined);
  assert.ok(rows.trained > 0 && rows.evaluated > 0 && rows.censored > 0);
  assert.match(readFileSync(result.report, "utf8"), /^<!doctype html>/i);
  const log = readFileSync(join(result.report, "..", "log.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(log.at(0).event, "run started");
  assert.equal(log.at(-1).status, "done");

  await context.test("a second run does no stage again and publishes nothing new", async () => {
    const again = await small.run();
    assert.deepEqual(
      again.stages.filter((stage) => stage.name !== "publish").map((stage) => stage.status),
      Array(8).fill("reused"),
    );
    assert.notEqual(again.run, result.run);
    assert.deepEqual({ ...again, run: "", report: "", stages: [] }, { ...result, run: "", report: "", stages: [] });
  });

  await context.test("another setting of a learner trains that learner only", async () => {
    const [schedule, trees] = smallOptions.learners;
    const changed = await small.run({ learners: [schedule, { ...trees, learningRate: 0.2 } as typeof trees] });
    const done = changed.stages.filter((stage) => stage.status === "done").map((stage) => stage.name);
    assert.deepEqual(done, ["train gbdt", "evaluate", "refit", "export", "publish"]);
    assert.equal(changed.published?.version, 2);
  });

  await context.test("a damaged stage result is made again, to the same bytes", async () => {
    const cache = small.places().cache;
    const before = contents(cache);
    for (const name of readdirSync(cache))
      if (/^(label|featurize|train)/.test(name) && !name.endsWith(".sha256"))
        writeFileSync(join(cache, name), "rubbish");
    // The figures are there already, so ask for something that needs the damaged results.
    const other = await small.run({ evaluate: { ...smallOptions.evaluate, resamples: 101 } });
    assert.equal(other.status, "done");
    const after = contents(cache);
    for (const [path, bytes] of Object.entries(before)) {
      if (/^(label|featurize)/.test(path)) assert.equal(after[path], bytes, path);
    }
  });
});

test("a result put under another's name is no result", async (context) => {
  const small = await smallFleet(context);
  const first = await small.run();
  const { cache } = small.places();
  const [trees, schedule] = ["train_gbdt", "train_schedule"].map((stage) =>
    readdirSync(cache)
      .filter((name) => name.startsWith(stage))
      .sort(),
  );
  for (const [at, name] of trees.entries()) writeFileSync(join(cache, name), readFileSync(join(cache, schedule[at])));
  const again = await small.run();
  assert.deepEqual(
    again.stages.filter(({ status }) => status === "done").map(({ name }) => name),
    ["train gbdt", "publish"],
  );
  assert.deepEqual(again.metrics, first.metrics);
});

test("a file that changes while it is read is an error, not a result under a wrong hash", async (context) => {
  const small = await smallFleet(context);
  const file = join(small.places().data, "failures.csv");
  const started = (stage: string) => {
    if (stage === "load") writeFileSync(file, `${readFileSync(file, "utf8").split("\n").slice(0, 5).join("\n")}\n`);
  };
  await assert.rejects(small.run({}, { watcher: { started, progressed() {}, ended() {} } }), { code: "DATA_CHANGED" });
});

test("two runs that share nothing give the same bytes, at one thread and at two", async (context) => {
  const small = await smallFleet(context);
  const one = await small.run({}, { home: "one", threads: 1 });
  const two = await small.run({}, { home: "two", threads: 2 });
  const version = (home: string) => contents(join(small.places(home).registry, "small", "1"), ["claim"]);
  assert.deepEqual(version("two"), version("one"));
  assert.deepEqual(contents(small.places("two").cache), contents(small.places("one").cache));
  assert.equal(readFileSync(two.report, "utf8"), readFileSync(one.report, "utf8"));
});

test("scoring with the registered version alone gives, to the bit, what its model says of its features", async (context) => {
  const small = await smallFleet(context);
  await small.run();
  const { data, registry } = small.places();
  const out = join(small.folder, "predictions.parquet");
  const summary = await scoreFiles({
    model: "small@candidate",
    data,
    registry,
    out,
    at: "all",
    now: () => new Date("2026-01-01T00:00:00Z"),
    runId: "r",
  });
  const { fleet } = await loadFleet(archiveOf(smallOptions), { folder: data });
  const scorer = await openScorer(openRegistry(folderStore(registry)), "small@candidate");
  const { cutoffs, observed } = scoringCutoffs(scorer.manifest, fleet);
  const wanted = Uint32Array.from(cutoffs.cutoff.keys()).filter((row) => observed[row] === 1);
  const direct = scorer.predictor.link(
    scorer.predictor.raw(await featurize(scorer.featurizer, fleet, takeCutoffs(cutoffs, wanted), {})),
  );
  const written = await readPredictions(out);
  assert.equal(written.length, summary.rows);
  assert.equal(written.length, cutoffs.cutoff.length);
  let next = 0;
  for (const [row, { machine, status, probability }] of written.entries()) {
    assert.equal(machine, fleet.machines[cutoffs.machine[row]]);
    if (observed[row] === 0) assert.deepEqual([status, probability], ["out of observation", null]);
    else assert.ok(Object.is(probability, direct[next++]), `row ${row}`);
  }
  assert.equal(next, direct.length);
});

test("a gate that says no leaves the registry alone and says why", async (context) => {
  const small = await smallFleet(context);
  const result = await small.run({ publish: { alias: "candidate", when: [atLeast("averagePrecision", 0.9999)] } });
  assert.equal(result.status, "refused");
  assert.equal(result.published, null);
  assert.match(result.gates[0].text, /averagePrecision is 0\.\d+, at least 0\.9999 is asked for/);
  assert.throws(() => readdirSync(small.places().registry), /ENOENT/);
});

test("a model is held against the alias's on rows that neither was trained on; none are left after a refit", async (context) => {
  const small = await smallFleet(context);
  const publish = { alias: "production", when: [notWorseThan("production")] };
  const faster = [smallOptions.learners[0], gbdt({ trees: 15, leaves: 7, learningRate: 0.1 })];
  const first = await small.run({ publish });
  assert.deepEqual(
    first.gates.map((gate) => gate.verdict),
    ["no such alias"],
  );
  const same = await small.run({ publish });
  assert.deepEqual([same.status, same.gates[0].text], ["done", "the model is the same as production (version 1)"]);
  const again = await small.run({ publish, learners: faster });
  assert.deepEqual(
    again.gates.map((gate) => gate.verdict),
    ["insufficient"],
  );
  assert.equal(again.status, "refused");
  const unrefitted = { ...publish, refit: false };
  const fold = await small.run({ publish: unrefitted }, { home: "fold" });
  assert.equal(fold.status, "done");
  const compared = await small.run({ publish: unrefitted, learners: faster }, { home: "fold" });
  assert.deepEqual(
    compared.gates.map((gate) => gate.verdict),
    ["passed"],
    compared.gates[0].text,
  );
});

test("a run after a promotion publishes nothing new, and a model with other sensors is not comparable", async (context) => {
  const small = await smallFleet(context);
  const publish = { alias: "candidate", when: [notWorseThan("production")] };
  await small.run({ publish });
  const registry = openRegistry(folderStore(small.places().registry));
  const by = { model: "small", now: new Date(0), who: "test", why: "test" };
  await registry.moveAlias({ ...by, alias: "production", to: 1 });
  assert.equal((await small.run({ publish })).published?.version, 1);

  const fewer = {
    telemetry: parquet("telemetry", { machine: "machine", time: "time", sensors: ["vibration"] }),
    features: [rolling("vibration", { over: "1d", stats: ["mean"] }), scheduleUsed("schedule")],
  };
  const unrefitted = { ...publish, refit: false };
  await small.run({ publish: unrefitted }, { home: "fold" });
  const fold = openRegistry(folderStore(small.places("fold").registry));
  await fold.moveAlias({ ...by, alias: "production", to: 1 });
  const other = await small.run({ ...fewer, publish: unrefitted }, { home: "fold" });
  assert.equal(other.gates[0].verdict, "insufficient");
  assert.match(other.gates[0].text, /it cannot score this archive/);
  const life = await small.run(
    { label: remainingLife({ of: "failures", cap: 100 }), publish: unrefitted },
    { home: "fold" },
  );
  assert.match(life.gates[0].text, /it predicts something else/);
});

test("with too few failures in training the learner is marked so, and the schedule goes on in its place", async (context) => {
  const small = await smallFleet(context);
  const result = await small.run({ split: byTime("2025-01-02") });
  assert.equal(result.metrics["gbdt"].skipped, "not enough failures");
  assert.equal(result.metrics["gbdt"].averagePrecision, null);
  assert.ok((result.metrics["schedule"].averagePrecision ?? 0) > 0);
  const scorer = await openScorer(openRegistry(folderStore(small.places().registry)), "small@candidate");
  assert.equal(scorer.predictor.learner, "scheduleRule");
});

test("with nothing to train on every fold says why, and nothing is published", async (context) => {
  const small = await smallFleet(context);
  const result = await small.run({ split: byTime("2024-12-01") });
  for (const { skipped, folds } of Object.values(result.metrics)) {
    assert.equal(skipped, "no failure in training");
    assert.deepEqual(
      folds.map((fold) => fold.skipped),
      ["no failure in training"],
    );
  }
  assert.equal(result.published, null);
  assert.equal(result.status, "refused");
  assert.match(readFileSync(result.report, "utf8"), /no failure in training/);
});

test("an interrupted run says so, and the next one goes on where it stopped", async (context) => {
  const small = await smallFleet(context);
  const stop = new AbortController();
  const watcher = { started() {}, progressed() {}, ended: (stage: string) => void (stage === "label" && stop.abort()) };
  await assert.rejects(
    small.run({}, { watcher, signal: stop.signal }),
    (error) => error instanceof ForewarnError && error.exitCode === 130,
  );
  const next = await small.run();
  assert.deepEqual(
    next.stages.slice(0, 3).map((stage) => stage.status),
    ["reused", "reused", "reused"],
  );
  assert.equal(next.status, "done");
});
