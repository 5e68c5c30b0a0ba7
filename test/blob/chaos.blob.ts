import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as nodeTest from "node:test";
import { fetchBlob } from "../../src/archive/fetch-blob.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { type Random, random } from "../../src/core/random.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { openStore } from "../../src/stores/open-store.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { type Asked, type Fault, startProxy } from "./support/breaking-proxy.ts";
import { bytes, quickRetry, text } from "./support/in-container.ts";

const { after, test } = nodeTest;

/** One of all faults, now and then: about `share` of the requests meet one. */
function mishaps(chance: Random, share: number): (asked: Asked) => Fault | undefined {
  return ({ kind }) => {
    if (chance.uniform() >= share) return undefined;
    const anything: Fault[] = [
      { answer: 429 },
      { answer: 500 },
      { answer: 503, headers: { "retry-after": "1" } },
      { answer: 200, body: "<html>sign in</html>" },
      { reset: "before" },
      { reset: "after" },
    ];
    const inBodies: Fault[] = [
      { body: "broken", after: chance.integer(3000) },
      { body: "short", after: chance.integer(3000) },
    ];
    // A made-up 200 to a write would be a lie that nobody can see through.
    const answers = anything.filter((fault) => kind === "list" || !("answer" in fault && fault.answer === 200));
    const faults = kind === "get" || kind === "list" ? [...answers, ...inBodies] : answers;
    return faults[chance.integer(faults.length)];
  };
}

if (withoutAzurite) test("blob storage in which anything breaks", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  const proxy = await startProxy(nodeTest, azurite.port);
  const folder = await mkdtemp(join(tmpdir(), "forewarn-chaos-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const options = (tries = 8) => ({
    environment: azurite.environment(proxy.endpoint),
    retry: { ...quickRetry(), tries },
    pageSize: 5,
  });

  test("whatever breaks, each operation ends right or in one error, and what is there is always one whole content", async () => {
    const { place } = await azurite.container();
    const store = await openStore(place, options(3));
    const direct = await openStore(place, { environment: azurite.environment() });
    const chance = random(7, "operations");
    /** What each file may hold: more than one content after an error, since the request may have come through. */
    const held = new Map<string, Set<string | undefined>>();
    let errors = 0;
    proxy.breaks(mishaps(random(11, "mishaps"), 0.35));
    for (let i = 0; i < 250; i++) {
      const path = `f/${chance.integer(6)}`;
      const before = held.get(path) ?? new Set([undefined]);
      const content = `${i} `.repeat(chance.integer(1500));
      const operation = (["create", "replace", "append", "read", "list"] as const)[chance.integer(5)];
      try {
        if (operation === "create") {
          const created = await store.createIfAbsent(path, bytes(content));
          assert.ok(
            created ? before.has(undefined) : [...before].some((each) => each !== undefined),
            `${i}: ${created}`,
          );
          before.delete(undefined);
          held.set(path, created ? new Set([content]) : before);
        } else if (operation === "replace") {
          await store.replace(path, content);
          held.set(path, new Set([content]));
        } else if (operation === "append") {
          await store.append(path, content);
          held.set(path, new Set([...before].map((each) => (each ?? "") + content)));
        } else if (operation === "read") {
          const read = text(await store.read(path));
          assert.ok(before.has(read), `${i}: ${read?.length}`);
          held.set(path, new Set([read]));
        } else {
          assert.deepEqual(await store.list("f"), await direct.list("f"));
        }
      } catch (error) {
        assert.ok(error instanceof ForewarnError && error.code.startsWith("SERVICE_BLOB_"), String(error));
        errors++;
        const appended = [...before].map((each) => (each ?? "") + content);
        if (operation === "create" && before.has(undefined)) held.set(path, new Set([...before, content]));
        if (operation === "replace") held.set(path, new Set([...before, content]));
        if (operation === "append") held.set(path, new Set([...before, ...appended]));
      }
    }
    assert.ok(errors > 3 && errors < 100, String(errors));
    for (const [path, contents] of held) assert.ok(contents.has(text(await direct.read(path))), path);
  });

  test("publishers at once, through everything that breaks, make one whole version each", async () => {
    const { place } = await azurite.container();
    proxy.breaks(mishaps(random(3, "mishaps"), 0.2));
    const publish = async (n: number) => {
      const registry = openRegistry(await openStore(place, options()));
      const files = new Map([
        ["model.json", bytes(`{"n":${n}}`)],
        ["report.html", bytes("x".repeat(5000 + n))],
      ]);
      const published = await registry.publish({ model: "fleet", files, manifest: { n }, now: new Date(0) });
      const { version: to } = published;
      await registry.moveAlias({
        model: "fleet",
        alias: "candidate",
        to,
        now: new Date(0),
        who: "test",
        why: String(n),
      });
      return to;
    };
    const versions = await Promise.all([1, 2, 3, 4].map(publish));
    assert.deepEqual([...versions].sort(), [1, 2, 3, 4]);
    const registry = openRegistry(await openStore(place, { environment: azurite.environment() }));
    for (const version of versions) assert.ok((await registry.verify("fleet", version)).passed);
    const moves = await registry.history("fleet", "candidate");
    assert.deepEqual(
      moves.map(({ entry }) => entry),
      [1, 2, 3, 4],
    );
    assert.deepEqual(moves.map(({ to }) => to).sort(), [1, 2, 3, 4]);
    assert.ok(moves.every(({ from }, i) => from === (i === 0 ? null : moves[i - 1].to)));
  });

  test("files fetched through everything that breaks are whole", async () => {
    const { name, place } = await azurite.container();
    const contents = Array.from({ length: 12 }, (_, i) =>
      Buffer.from(new Uint8Array(300_000 * i).map((_, at) => (at * (7 + i)) % 251)),
    );
    for (const [i, content] of contents.entries()) {
      await azurite.service.getContainerClient(name).getBlockBlobClient(`f/${i}.csv`).upload(content, content.length);
    }
    const store = await openStore(place, options());
    proxy.breaks(mishaps(random(5, "mishaps"), 0.3));
    for (const file of await store.files("f")) {
      const { location } = await fetchBlob({ store, file, path: file.path }, folder);
      const expected = contents[Number(/(\d+)\.csv/.exec(file.path)?.[1])];
      assert.equal(Buffer.compare(await readFile(location), expected), 0, file.path);
    }
  });
}
