import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { random } from "../../src/core/random.ts";
import { runCommand } from "./support/command.ts";
import { filesIn, fingerprint, leftoversIn } from "./support/home.ts";
import { startReader } from "./support/reader.ts";
import { runOf, undisturbedRun } from "./support/undisturbed.ts";

/** How many times two runs go on at once. */
const pairs = Number(process.env["FOREWARN_PAIRS"] ?? 25);
const seed = Number(process.env["FOREWARN_SEED"] ?? 1);

test("two runs at once on one cache and one registry both end well, in one version with the bytes of a run alone", async (context) => {
  const undisturbed = await undisturbedRun(context);
  const reader = startReader(undisturbed.folder, undisturbed.whole);
  for (let pair = 1; pair <= pairs; pair++) {
    const chance = random(seed, `pair ${pair}`);
    const home = undisturbed.home(`pair-${pair}`);
    reader.watch(home);
    // Every other pair begins at one instant and stays in step; of the rest, one meets what the other has done.
    const delay = pair % 2 === 0 ? 0 : chance.uniform() * undisturbed.millis;
    const both = await Promise.all([
      runCommand(undisturbed.runIn(home)),
      wait(delay).then(() => runCommand(undisturbed.runIn(home))),
    ]);
    const runs = both.map(runOf);
    assert.notEqual(runs[0], runs[1]);
    for (const run of runs) {
      assert.deepEqual(fingerprint(home, run), undisturbed.whole, `pair ${pair}, seed ${seed}`);
      const { published } = JSON.parse(readFileSync(join(home.runs, run, "manifest.json"), "utf8"));
      assert.equal(published.version, 1);
    }
    const moves = filesIn(home.registry).filter((path) => path.includes("/aliases/"));
    assert.deepEqual(moves, ["fleet/aliases/candidate/1.json"]);
    assert.deepEqual(leftoversIn(home.folder), []);
    await reader.leave(home);
    await rm(home.folder, { recursive: true });
  }
  const seen = await reader.end();
  assert.deepEqual(seen.wrong, []);
  context.diagnostic(`${pairs} pairs; the reader saw ${seen.files} files, ${seen.versions} versions whole`);
});
