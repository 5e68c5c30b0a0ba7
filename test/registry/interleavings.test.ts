import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { type Random, random } from "../../src/core/random.ts";
import { openRegistry, type Registry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { checkRegistryHistory } from "../long/support/check-registry-history.ts";
import { seenVersion } from "../long/support/registry-content.ts";
import { type FinalState, model, type Operation } from "../long/support/registry-operation.ts";
import { shuffledStore } from "../long/support/shuffled-store.ts";
import { filesOf, inRegistry, now } from "./in-registry.ts";

const alias = "production";
const files = new Map([["model.json", new TextEncoder().encode("{}")]]);

type Kind = Operation["kind"];
const allKinds: readonly Kind[] = ["publish", "publish", "publish", "move", "rollback", "read", "list", "history"];

test("in any order of their steps, and wherever they die, processes lose, tear and double nothing", async () => {
  const counts = { operations: 0, cut: 0, versions: 0, moves: 0 };
  for (let seed = 1; seed <= 400; seed++) {
    const { operations, final } = await scenario(random(seed, "interleavings"));
    const { violations } = checkRegistryHistory(operations, final);
    assert.deepEqual(violations, [], `seed ${seed}`);
    counts.operations += operations.length;
    counts.cut += operations.filter(({ endedAt }) => endedAt === undefined).length;
    counts.versions += final.versions.length;
    counts.moves += final.histories[alias].length;
  }
  assert.ok(counts.cut > 100 && counts.versions > 800 && counts.moves > 100, JSON.stringify(counts));
});

test("a listing that misses what was created while it went on is listed again: no content gets a second number, no move is passed over", () =>
  inRegistry(async ({ folder, publish }) => {
    for (const text of ["one", "two", "three"]) await publish(text);
    const store = folderStore(folder);
    let missing: string | undefined;
    const registry = openRegistry({
      ...store,
      async list(path) {
        const missed = missing;
        missing = undefined;
        return (await store.list(path)).filter((each) => missed === undefined || !each.startsWith(missed));
      },
    });
    missing = "pump/1/";
    const again = await registry.publish({ model, files: filesOf("one"), manifest: { text: "one" }, now });
    assert.deepEqual([again.version, again.created], [1, false]);
    const move = { model, alias, now, who: "anna", why: "better" };
    for (const to of [1, 2, 1, 3]) await registry.moveAlias({ ...move, to });
    missing = "pump/aliases/production/2.json";
    assert.deepEqual(
      (await registry.history(model, alias)).map(({ to }) => to),
      [1, 2, 1, 3],
    );
  }));

/** Three processes of a few operations each, on contents that they share. */
async function scenario(chance: Random): Promise<{ operations: Operation[]; final: FinalState }> {
  const shuffle = shuffledStore(chance);
  const operations: Operation[] = [];
  const kinds = chance.uniform() < 0.5 ? (["publish"] as const) : allKinds;
  const work = async (name: string) => {
    const registry = openRegistry(shuffle.storeOf(name));
    const dies = chance.uniform() < 0.3 ? chance.integer(6) : undefined;
    for (let i = 0; i < 6; i++) {
      const operation = { id: `${name}${i}`, startedAt: shuffle.now(), ...asked(chance, kinds) } as Operation;
      operations.push(operation);
      // Somewhere in the operation, whose steps are counted from here.
      if (i === dies) void dieLater(shuffle.storeOf(name), () => shuffle.kill(name), chance.integer(12));
      try {
        operation.gave = (await carryOut(registry, operation, chance)) as never;
      } catch (error) {
        operation.failed = error instanceof ForewarnError ? error.code : String(error);
      }
      operation.endedAt = shuffle.now();
    }
  };
  const all = ["a", "b", "c"].map(work);
  await shuffle.run();
  void all;
  return { operations, final: await finalOf(openRegistry(shuffle.quiet)) };
}

async function dieLater(steps: { read(path: string): Promise<unknown> }, die: () => void, after: number) {
  for (let i = 0; i < after; i++) await steps.read("x");
  die();
}

function asked(chance: Random, kinds: readonly Kind[]) {
  const kind = kinds[chance.integer(kinds.length)];
  if (kind === "publish") return { kind, content: `c${chance.integer(6)}` };
  if (kind === "read") return chance.uniform() < 0.5 ? { kind } : { kind, alias };
  return kind === "list" ? { kind } : { kind, alias, to: 1 };
}

async function carryOut(registry: Registry, operation: Operation, chance: Random): Promise<unknown> {
  const by = { model, alias, now: new Date(0), who: "", why: operation.id };
  switch (operation.kind) {
    case "publish": {
      const { content } = operation;
      const { version, created } = await registry.publish({ ...by, files, manifest: { content }, run: operation.id });
      return { version, created };
    }
    case "move": {
      const versions = (await registry.list())[0]?.versions ?? [(await registry.resolve(model)).version];
      operation.to = versions[chance.integer(versions.length)];
      return await registry.moveAlias({ ...by, to: operation.to });
    }
    case "rollback":
      return await registry.rollback(by);
    case "read": {
      const { version } = await registry.resolve(operation.alias === undefined ? model : `${model}@${alias}`);
      return seenVersion(await registry.readVersion(model, version));
    }
    case "list": {
      const [entry] = await registry.list();
      assert.deepEqual(entry?.damaged ?? [], []);
      return { versions: entry?.versions ?? [], aliases: entry?.aliases ?? {} };
    }
    case "history":
      return await registry.history(model, alias);
  }
}

async function finalOf(registry: Registry): Promise<FinalState> {
  const versions = [];
  const damaged = [];
  for (const version of (await registry.list())[0]?.versions ?? []) {
    if ((await registry.verify(model, version)).passed) {
      versions.push(seenVersion(await registry.readVersion(model, version)));
    } else damaged.push(version);
  }
  return { versions, damaged, histories: { [alias]: await registry.history(model, alias) } };
}
