import assert from "node:assert/strict";
import { test } from "node:test";
import { type RetrySettings, retry, retrySettings } from "../../src/stores/retry.ts";

/** A clock that only waits move; tries take `tryMillis` of it. */
function clock(settings: Partial<RetrySettings> = {}) {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    pass: (millis: number) => {
      now += millis;
    },
    settings: retrySettings({
      tries: 5,
      firstWaitMillis: 100,
      longestWaitMillis: 300,
      deadlineMillis: 10_000,
      jitter: () => 0,
      now: () => now,
      wait: async (millis) => {
        waits.push(millis);
        now += millis;
      },
      ...settings,
    }),
  };
}

const again = () => ({ again: true });
const fails = async (_after?: unknown) => {
  throw new Error("no");
};

test("waits double up to the longest, spread by the jitter, and the tries are bounded", async () => {
  const { settings, waits } = clock();
  const outcome = await retry(settings, fails, again);
  assert.ok(!("value" in outcome));
  assert.deepEqual([outcome.tries, outcome.stalled, outcome.millis], [5, false, 50 + 100 + 150 + 150]);
  assert.deepEqual(waits, [50, 100, 150, 150]);
  const spread = clock({ jitter: () => 0.5 });
  await retry(spread.settings, fails, again);
  assert.deepEqual(spread.waits, [75, 150, 225, 225]);
});

test("what no other try can help is tried once", async () => {
  const { settings, waits } = clock();
  const outcome = await retry(settings, fails, () => ({ again: false }));
  assert.ok(!("value" in outcome) && outcome.tries === 1 && waits.length === 0);
});

test("a wait that the service asks for is the least; where there is no time for it, it is told and not begun", async () => {
  const { settings, waits } = clock();
  const outcome = await retry(settings, fails, () => ({ again: true, waitMillis: 4000 }));
  assert.ok(!("value" in outcome));
  assert.deepEqual([outcome.tries, outcome.askedMillis], [3, 4000]);
  assert.deepEqual(waits, [4050, 4100]);
});

test("after the deadline no further try begins, however many there may be", async () => {
  const { settings, pass } = clock({ tries: 100 });
  const outcome = await retry(settings, async () => fails(pass(3000)), again);
  assert.ok(!("value" in outcome) && outcome.tries === 4);
});

test("the value of the first try that works is the result", async () => {
  const { settings, waits } = clock();
  let tries = 0;
  assert.deepEqual(await retry(settings, async () => (++tries < 3 ? fails() : "yes"), again), { value: "yes" });
  assert.equal(waits.length, 2);
});

test("a try in which nothing moves is ended; one that moves goes on", async () => {
  const { settings } = clock({ tries: 2, idleMillis: 40 });
  const stuck = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("ended"))));
  const outcome = await retry(
    settings,
    ({ signal }) => stuck(signal),
    () => ({ again: false }),
  );
  assert.ok(!("value" in outcome));
  assert.deepEqual([outcome.stalled, outcome.tries], [true, 2]);
  const moving = await retry(
    clock({ idleMillis: 2000 }).settings,
    async ({ signal, moved }) => {
      for (let i = 0; i < 5; i++) {
        moved();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return signal.aborted;
    },
    again,
  );
  assert.deepEqual(moving, { value: false });
});

test("an abort from outside ends the tries and the waits with its reason", async () => {
  const { settings } = clock({
    wait: retrySettings().wait,
    firstWaitMillis: 60_000,
    longestWaitMillis: 60_000,
    deadlineMillis: 1e6,
  });
  const control = new AbortController();
  const reason = new Error("stop");
  const waiting = retry(settings, fails, again, control.signal);
  setTimeout(() => control.abort(reason), 10);
  await assert.rejects(waiting, reason);
  await assert.rejects(retry(settings, fails, again, control.signal), reason);
});
