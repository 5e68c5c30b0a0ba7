import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { openRegistry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { smallFleet, smallOptions } from "../pipeline/support/small-fleet.ts";
import { runCommand, startCommand } from "./support/command.ts";
import { fingerprint } from "./support/home.ts";
import { runOf, undisturbedRun } from "./support/undisturbed.ts";

const undisturbed = await undisturbedRun(test);
const stages = ["load", "featurize", "label", "train schedule", "train gbdt", "evaluate", "refit"];

for (const stage of stages) {
  test(`Ctrl-C after ${stage} ends the run with code 130 and one clear error; run again, it ends as if undisturbed`, async () => {
    const home = undisturbed.home(`once-${stage}`);
    const command = startCommand(undisturbed.runIn(home), {
      onLine: (line) => line.startsWith(`${stage}: `) && command.kill("SIGINT"),
    });
    const { code, stderr, stdout } = await command.ended;
    assert.equal(code, 130, stderr);
    assert.match(
      stderr,
      /^INTERRUPTED_RUN: the run was interrupted\n {2}in .+\n {2}hint: .*finished stages are kept\n$/m,
    );
    assert.equal(JSON.parse(stdout).error.code, "INTERRUPTED_RUN");
    assert.deepEqual(await openRegistry(folderStore(home.registry)).list(), []);
    const again = await runCommand(undisturbed.runIn(home));
    assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, again.stderr);
  });
}

test("Ctrl-C twice ends the run at once, whatever it is doing; run again, it ends as if undisturbed", async () => {
  for (const stage of ["load", "train schedule", "evaluate", "export"]) {
    const home = undisturbed.home(`twice-${stage}`);
    const command = startCommand(undisturbed.runIn(home), {
      onLine(line) {
        if (!line.startsWith(`${stage}: `)) return;
        command.kill("SIGINT");
        setTimeout(() => command.kill("SIGINT"), 5);
      },
    });
    const { code, signal, stderr } = await command.ended;
    // What was all but done may be done before the second one comes.
    assert.ok(signal === "SIGINT" || code === 130 || (stage === "export" && code === 0), `${stage}: ${code} ${stderr}`);
    const again = await runCommand(undisturbed.runIn(home));
    assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, again.stderr);
  }
});

test("an abort after any stage, the last included, ends the run before it publishes", async (context) => {
  const small = await smallFleet(context);
  for (const stage of [...stages, "export"]) {
    const home = `aborted-${stage}`;
    const stop = new AbortController();
    const ended = (name: string) => name === stage && stop.abort();
    const watcher = { started() {}, progressed() {}, ended };
    await assert.rejects(small.run({}, { home, watcher, signal: stop.signal }), { code: "INTERRUPTED_RUN" }, stage);
    assert.equal(existsSync(join(small.places(home).registry, "small", "1", "manifest.json")), false, stage);
    assert.equal((await small.run({}, { home })).published?.version, 1);
  }
});

test("an abort after the last stage of a run that publishes nothing ends it too", async (context) => {
  const small = await smallFleet(context);
  const stop = new AbortController();
  const watcher = { started() {}, progressed() {}, ended: (name: string) => name === "refit" && stop.abort() };
  const options = { ...smallOptions, publish: undefined };
  await assert.rejects(small.run(options, { watcher, signal: stop.signal }), { code: "INTERRUPTED_RUN" });
  assert.equal((await small.run(options)).status, "done");
});
