import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { defineStage } from "../../src/pipeline/stage.ts";
import type { StageCache } from "../../src/pipeline/stage-cache.ts";

const empty: StageCache = { read: async () => undefined, write: async () => {} };
const quiet = { started() {}, progressed() {}, ended() {} };
const interrupted = (error: unknown) =>
  error instanceof ForewarnError &&
  error.code === "INTERRUPTED_RUN" &&
  /stages are kept/.test(error.details.hint ?? "");

test("whatever an abort makes a stage throw, the run ends as interrupted with what to do", async () => {
  for (const thrown of [new ForewarnError("INTERRUPTED_FIT", { problem: "stopped" }), new Error("a worker ended")]) {
    const stop = new AbortController();
    const stage = defineStage<number>(
      { cache: empty, watcher: quiet, code: "c", signal: stop.signal },
      {
        name: "train",
        dependsOn: {},
        async compute() {
          stop.abort();
          throw thrown;
        },
      },
    );
    await assert.rejects(stage.get(), interrupted);
    await assert.rejects(stage.ensure(), interrupted);
  }
});

test("without an abort a stage's own error comes through, and after one not even a kept result is used", async () => {
  const own = new Error("own");
  const compute = () => Promise.reject(own);
  const context = { cache: empty, watcher: quiet, code: "c" };
  await assert.rejects(defineStage<number>(context, { name: "a", dependsOn: {}, compute }).get(), own);
  const aborted = { ...context, cache: { ...empty, read: async () => new Uint8Array() }, signal: AbortSignal.abort() };
  await assert.rejects(defineStage<number>(aborted, { name: "a", dependsOn: {}, compute }).ensure(), interrupted);
});
