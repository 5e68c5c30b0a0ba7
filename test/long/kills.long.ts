import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Random, random } from "../../src/core/random.ts";
import { type Ended, runCommand, startCommand } from "./support/command.ts";
import { fingerprint, type Home } from "./support/home.ts";
import { startReader } from "./support/reader.ts";
import { runOf, undisturbedRun } from "./support/undisturbed.ts";

/** How many runs are killed. */
const kills = Number(process.env["FOREWARN_KILLS"] ?? 100);
const seed = Number(process.env["FOREWARN_SEED"] ?? 1);
const stages = ["load", "featurize", "label", "train schedule", "train gbdt", "evaluate", "refit", "export", "publish"];
const dying = fileURLToPath(new URL("./support/die-at-step.ts", import.meta.url));

test("a run killed at any instant is run again and ends in the bytes of an undisturbed run; no reader sees half a file", async (context) => {
  const undisturbed = await undisturbedRun(context);
  const steps = await stepsOfRun(undisturbed.runIn(undisturbed.home("counted")), undisturbed.home("counted"));
  const reader = startReader(undisturbed.folder, undisturbed.whole);
  const fell = new Map<string, number>();
  const hows = new Map<string, number>();

  /** Kills one run, runs it again, and holds what is there against the undisturbed run. */
  const killOnce = async (number: number): Promise<void> => {
    const chance = random(seed, `kill ${number}`);
    for (let attempt = 0; ; attempt++) {
      const home = undisturbed.home(`kill-${number}-${attempt}`);
      reader.watch(home);
      const how = (["at an instant", "after a stage", "at a step"] as const)[number % 3];
      const ended = await {
        "at an instant": () => killAtInstant(undisturbed.runIn(home), chance, undisturbed.millis),
        "after a stage": () => killAfterStage(undisturbed.runIn(home), chance, number),
        "at a step": () => killAtStep(undisturbed.runIn(home), home, stepOf(number, steps, chance)),
      }[how]();
      const killed = ended.signal === "SIGKILL";
      if (killed) {
        const stage = stageReached(home, ended.stderr);
        fell.set(stage, (fell.get(stage) ?? 0) + 1);
        hows.set(how, (hows.get(how) ?? 0) + 1);
        const again = await runCommand(undisturbed.runIn(home));
        const whence = `kill ${number} ${how}, seed ${seed}, in "${stage}"`;
        assert.equal(again.code, 0, `${whence}: ${again.stderr}`);
        assert.deepEqual(fingerprint(home, runOf(again)), undisturbed.whole, whence);
      }
      await reader.leave(home);
      await rm(home.folder, { recursive: true, force: true });
      // One that ended before its time came is no kill: it is tried again.
      if (killed) return;
    }
  };

  const numbers = Array.from({ length: kills }, (_, i) => i).values();
  const lane = async () => {
    for (const number of numbers) await killOnce(number);
  };
  const lanes = await Promise.allSettled([lane(), lane()]);
  const seen = await reader.end();
  for (const wrong of seen.wrong.slice(0, 5)) context.diagnostic(wrong);
  for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
  const order = ["before the run", ...stages.flatMap((stage) => [stage, `after ${stage}`])];
  for (const stage of order.filter((name) => fell.has(name))) {
    context.diagnostic(`${stage.padEnd(22)} ${"#".repeat(fell.get(stage)!)} ${fell.get(stage)}`);
  }
  context.diagnostic(`kills ${[...hows].map(([how, count]) => `${how}: ${count}`).join(", ")}`);
  context.diagnostic(
    `the reader went round ${seen.rounds} times: ${seen.files} files, ${seen.versions} versions whole`,
  );
  assert.deepEqual(seen.wrong, []);
  assert.ok(seen.files > kills, `only ${seen.files} files were read meanwhile`);
  if (kills >= 100) {
    const reached = (stage: string) => fell.has(stage) || fell.has(`after ${stage}`);
    assert.deepEqual(
      stages.filter((stage) => !reached(stage)),
      [],
      "stages in which no kill fell",
    );
    assert.ok((fell.get("publish") ?? 0) >= 10, `only ${fell.get("publish")} kills fell into publication`);
  }
});

/** At an instant of the time that an undisturbed run takes. */
async function killAtInstant(args: string[], chance: Random, millis: number): Promise<Ended> {
  const command = startCommand(args);
  const timer = setTimeout(() => command.kill("SIGKILL"), chance.uniform() * millis);
  const ended = await command.ended;
  clearTimeout(timer);
  return ended;
}

/** Within some milliseconds from the line that tells of a stage's end: in the next stage, or between the two. */
async function killAfterStage(args: string[], chance: Random, number: number): Promise<Ended> {
  const wanted = stages[Math.floor(number / 3) % stages.length];
  const delay = chance.uniform() * chance.uniform() * 80;
  let timer: NodeJS.Timeout | undefined;
  const command = startCommand(args, {
    onLine(line) {
      if (line.startsWith(`${wanted}: `)) timer = setTimeout(() => command.kill("SIGKILL"), delay);
    },
  });
  const ended = await command.ended;
  clearTimeout(timer);
  return ended;
}

/** The steps to die at lie evenly over the run, so that each stage's writes get their share: by chance within equal parts. */
function stepOf(number: number, steps: number, chance: Random): number {
  const parts = Math.ceil(kills / 3);
  return 1 + Math.floor(((Math.floor(number / 3) + chance.uniform()) * steps) / parts);
}

/** At a step on files: it leaves a folder just made, half a file written, or a name just given. */
async function killAtStep(args: string[], home: Home, step: number): Promise<Ended> {
  const env = { DIE_BELOW: home.folder, DIE_AT: String(step) };
  return await runCommand(args, { nodeOptions: ["--import", dying], env });
}

async function stepsOfRun(args: string[], home: Home): Promise<number> {
  const { stderr } = await runCommand(args, { nodeOptions: ["--import", dying], env: { DIE_BELOW: home.folder } });
  return Number(/^steps: (\d+)$/m.exec(stderr)?.[1]);
}

/** The stage that the killed run was in: the last that its log says to have begun, unless its progress says that it ended. */
function stageReached(home: Home, stderr: string): string {
  const [run] = existsSync(home.runs) ? readdirSync(home.runs) : [];
  const log = run === undefined ? undefined : join(home.runs, run, "log.jsonl");
  const lines = log !== undefined && existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  const begun = lines.map((line) => JSON.parse(line)).findLast(({ event }) => event === "stage started")?.stage;
  const over = stages.findLast((stage) => stderr.includes(`${stage}: `));
  if (begun === undefined && over === undefined) return "before the run";
  return begun === undefined || stages.indexOf(begun) <= stages.indexOf(over ?? "") ? `after ${over}` : begun;
}
