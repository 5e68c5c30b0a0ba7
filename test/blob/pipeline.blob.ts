import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as nodeTest from "node:test";
import { sha256 } from "../../src/core/json.ts";
import type { LoadedPipeline } from "../../src/pipeline/load-pipeline.ts";
import { runPipeline } from "../../src/pipeline/run.ts";
import { scoreFiles } from "../../src/pipeline/score-files.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { openStore } from "../../src/stores/open-store.ts";
import type { Store } from "../../src/stores/store.ts";
import { readPredictions } from "../pipeline/support/read-predictions.ts";
import { smallFleet, smallOptions } from "../pipeline/support/small-fleet.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { uploadFolder } from "./support/upload.ts";

const { test } = nodeTest;

if (withoutAzurite) test("a run in blob storage", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  Object.assign(process.env, azurite.environment());
  const small = await smallFleet(nodeTest);
  const { name, place } = await azurite.container();
  await uploadFolder(azurite, name, "archive", small.places().data);
  const places = {
    data: `${place}/archive`,
    registry: `${place}/models/registry`,
    runs: `${place}/models/runs`,
    cache: join(small.folder, "blob-cache"),
  };
  const now = () => new Date(Date.UTC(2026, 0, 1));
  const pipeline: LoadedPipeline = { options: smallOptions, places, source: "test", overrides: {} };
  const local = await small.run();
  const remote = await runPipeline(pipeline, { now, keepMatrix: true });

  test("data, registry and runs in a container give the figures and the bytes that folders give", async () => {
    assert.deepEqual(remote.metrics, local.metrics);
    assert.deepEqual(remote.rows, local.rows);
    const version = (store: Store) => contents(store, "small/1");
    const ofFolder = await version(folderStore(small.places().registry));
    const ofBlobs = await version(await openStore(places.registry));
    assert.ok(ofFolder.size > 6);
    assert.deepEqual(ofBlobs, ofFolder);
    assert.equal(remote.published?.path, `${places.registry}/small/1`);
  });

  test("the run folder holds report, manifest, matrix, rows set aside and the whole log; the inputs have hashes and ETags, the plan no ETag", async () => {
    const store = await openStore(`${places.runs}/${remote.run}`);
    assert.deepEqual(await store.list(""), [
      "log.jsonl",
      "manifest.json",
      "matrix.parquet",
      "quarantine.parquet",
      "report.html",
    ]);
    const aside = await readFile(join(small.places().runs, local.run, "quarantine.parquet"));
    assert.ok(aside.length > 0 && aside.equals((await store.read("quarantine.parquet")) as Uint8Array));
    const lines = decoded(await store.read("log.jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(lines[0].event, "run started");
    assert.deepEqual([lines.at(-1).event, lines.at(-1).status], ["run ended", "done"]);
    const manifest = JSON.parse(decoded(await store.read("manifest.json")));
    const input = manifest.inputs.find(({ path }: { path: string }) => path === "failures.csv");
    const [listed] = await (await openStore(places.data)).files("failures.csv");
    assert.equal(input.etag, listed.etag);
    assert.equal(input.sha256, sha256(await readFile(join(small.places().data, "failures.csv"))));
    const localManifest = await readFile(join(small.places().runs, local.run, "manifest.json"), "utf8");
    assert.equal(manifest.plan, JSON.parse(localManifest).plan);
  });

  test("the same content uploaded again has another ETag and the same plan: every stage is reused", async () => {
    await uploadFolder(azurite, name, "archive", small.places().data);
    const again = await runPipeline(pipeline, { now });
    assert.ok(again.stages.every(({ status, name: stage }) => status === "reused" || stage === "publish"));
    assert.equal(again.run, `${remote.run}-2`);
    assert.equal(again.published?.version, 1);
  });

  test("scoring from blobs to a blob gives the predictions that folders give", async () => {
    const { summary, rows } = await small.score();
    const out = `${place}/out/predictions.parquet`;
    const scored = await scoreFiles({ model: "small@candidate", ...places, out, at: "all", now, runId: "r" });
    assert.deepEqual([scored.rows, scored.statuses, scored.atRisk], [summary.rows, summary.statuses, summary.atRisk]);
    const file = join(small.folder, "fetched.parquet");
    const content = await (await openStore(`${place}/out`)).read("predictions.parquet");
    await folderStore(small.folder).replace("fetched.parquet", content as Uint8Array);
    const values = (list: typeof rows) =>
      list.map(({ machine, cutoff, status, score }) => ({ machine, cutoff, status, score }));
    assert.deepEqual(values(await readPredictions(file)), values(rows));
    await rm(file);
  });

  test("a run that fails still has its whole log in the container", async () => {
    const interrupt = new AbortController();
    const watcher = { started: () => interrupt.abort(), progressed() {}, ended() {} };
    const changed: LoadedPipeline = { ...pipeline, options: { ...smallOptions, seed: 7 } };
    const later = () => new Date(Date.UTC(2026, 0, 2));
    const failing = runPipeline(changed, { now: later, signal: interrupt.signal, watcher });
    await assert.rejects(failing, { code: "INTERRUPTED_RUN" });
    const logs = (await (await openStore(places.runs)).list("")).filter((path) => path.startsWith("20260102"));
    assert.equal(logs.length, 1);
    const log = decoded(await (await openStore(places.runs)).read(logs[0]));
    assert.deepEqual(
      log
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).event)
        .filter((event) => event.startsWith("run")),
      ["run started", "run failed"],
    );
  });
}

async function contents(store: Store, folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of await store.list(folder)) {
    if (!path.endsWith("/claim")) found.set(path, sha256((await store.read(path)) as Uint8Array));
  }
  return found;
}

function decoded(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}
