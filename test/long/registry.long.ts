import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startAzurite, withoutAzurite } from "../blob/support/azurite.ts";
import { checkRegistryHistory } from "./support/check-registry-history.ts";
import { finalState, registryStorm } from "./support/registry-storm.ts";

/** How long each registry is stormed. */
const seconds = Number(process.env["FOREWARN_REGISTRY_SECONDS"] ?? 60);
const seed = Number(process.env["FOREWARN_SEED"] ?? 1);

/** Storms the registry at a place, then holds all that the processes saw against what is there. */
async function storm(context: TestContext, place: string, folder: string): Promise<void> {
  const logs = join(folder, "logs");
  await mkdir(logs);
  const { operations, kills } = await registryStorm(place, logs, seconds, seed);
  const final = await finalState(place);
  const { violations, counts } = checkRegistryHistory(operations, final);
  const open = operations.filter(({ endedAt }) => endedAt === undefined).length;
  const moves = Object.values(final.histories).reduce((sum, log) => sum + log.length, 0);
  const burnt = Math.max(0, ...final.versions.map(({ version }) => version)) - final.versions.length;
  context.diagnostic(`${operations.length} operations, ${open} of them cut off by ${kills} kills`);
  context.diagnostic(`${final.versions.length} versions, ${burnt} burnt numbers, ${moves} moves of aliases`);
  for (const [what, count] of Object.entries(counts)) context.diagnostic(`${what}: ${count} times`);
  assert.deepEqual(violations, []);
  assert.ok(kills >= 20 && open >= 10, `${kills} kills cut off ${open} operations`);
  assert.ok(final.versions.length >= 10 && moves >= 10, "the processes hardly got to work");
}

test("two processes that publish, move aliases and read under SIGKILLs lose, tear and double nothing in a folder", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-storm-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await storm(context, join(folder, "registry"), folder);
});

test("so it is in a container of blob storage", { skip: withoutAzurite }, async (context) => {
  const azurite = await startAzurite(context);
  const folder = await mkdtemp(join(tmpdir(), "forewarn-storm-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  // The processes inherit it.
  Object.assign(process.env, azurite.environment());
  const { place } = await azurite.container();
  await storm(context, `${place}/registry`, folder);
});
