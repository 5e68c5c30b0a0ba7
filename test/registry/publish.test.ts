import assert from "node:assert/strict";
import { execFile, fork } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sha256 } from "../../src/core/json.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { bytesOf, filesOf, inRegistry, now } from "./in-registry.ts";

const worker = fileURLToPath(new URL("publish-worker.ts", import.meta.url));

function publishInChild(folder: string, who: string, mode: string, count: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = fork(worker, [folder, who, mode, String(count)], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(output.split("\n").filter(Boolean).map(Number)));
  });
}

test("versions are whole numbers from 1, each with its files, their sums and the manifest", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    const first = await publish("one");
    assert.deepEqual(first, { model: "pump", version: 1, created: true, path: join(folder, "pump", "1") });
    assert.equal((await publish("two")).version, 2);
    assert.deepEqual((await readdir(join(folder, "pump", "1"))).sort(), [
      "SHA256SUMS",
      "claim",
      "featurizer.json",
      "manifest.json",
      "model.onnx",
    ]);
    const manifest = await readFile(join(folder, "pump", "1", "manifest.json"), "utf8");
    assert.equal(
      await readFile(join(folder, "pump", "1", "SHA256SUMS"), "utf8"),
      `${sha256("featurizer.json: one")}  featurizer.json\n${sha256(manifest)}  manifest.json\n${sha256("model.onnx: one")}  model.onnx\n`,
    );
    const version = await registry.readVersion("pump", 1);
    assert.deepEqual(version.manifest, { model: "pump", text: "one" });
    assert.deepEqual(version.files, filesOf("one"));
  }));

test("sha256sum agrees with the list of sums", { skip: process.platform !== "linux" }, () =>
  inRegistry(async ({ folder, publish }) => {
    await publish("one");
    const cwd = join(folder, "pump", "1");
    await promisify(execFile)("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd });
  }),
);

test("when and by whom a version was published is in its claim, not in its content", () =>
  inRegistry(async ({ folder, publish }) => {
    await publish("one");
    const { sums, ...claim } = JSON.parse(await readFile(join(folder, "pump", "1", "claim"), "utf8"));
    assert.deepEqual(claim, { model: "pump", version: 1, when: "2026-01-02T03:04:05.000Z", who: "anna", run: "run-1" });
    assert.equal(sums, sha256(await readFile(join(folder, "pump", "1", "SHA256SUMS"))));
  }));

test("the same content published again is the version that was there", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await publish("two");
    const again = await registry.publish({
      model: "pump",
      files: filesOf("one"),
      manifest: { text: "one" },
      now: new Date(0),
      who: "ben",
    });
    assert.deepEqual([again.version, again.created], [1, false]);
    assert.deepEqual((await registry.list())[0].versions, [1, 2]);
  }));

test("another manifest over the same files is another version", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    const other = await registry.publish({
      model: "pump",
      files: filesOf("one"),
      manifest: { text: "threshold" },
      now,
    });
    assert.equal(other.version, 2);
  }));

test("publishing the content of a damaged version is refused, not hidden behind a new version", () =>
  inRegistry(async ({ folder, publish }) => {
    await publish("one");
    await writeFile(join(folder, "pump", "1", "model.onnx"), "damaged");
    await assert.rejects(publish("one"), { code: "REGISTRY_SUM_MISMATCH" });
  }));

test("a number that was claimed and never filled is burnt: it is no version and is not used again", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await mkdir(join(folder, "pump", "2"));
    await writeFile(join(folder, "pump", "2", "claim"), "someone else's");
    assert.deepEqual(await registry.resolve("pump"), { model: "pump", version: 1 });
    await assert.rejects(registry.resolve("pump@2"), { code: "REGISTRY_VERSION_UNKNOWN" });
    assert.equal((await publish("two")).version, 3);
    assert.deepEqual((await registry.list())[0].versions, [1, 3]);
  }));

test(
  "a process killed between claim and manifest leaves no version; run again, it finishes the number it claimed",
  { timeout: 60_000 },
  () =>
    inRegistry(async ({ registry, folder }) => {
      assert.deepEqual(await publishInChild(folder, "anna", "stop", 1), []);
      const left = await readdir(join(folder, "pump", "1"));
      assert.ok(left.includes("claim") && left.includes("model.onnx") && !left.includes("manifest.json"), left.join());
      assert.deepEqual(await registry.list(), []);
      await assert.rejects(registry.resolve("pump"), { code: "REGISTRY_MODEL_UNKNOWN" });
      await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_MODEL_UNKNOWN" });
      assert.deepEqual(await publishInChild(folder, "ben", "own", 1), [2]);
      assert.deepEqual(await publishInChild(folder, "anna", "own", 1), [1]);
      assert.ok((await registry.verify("pump", 1)).passed);
    }),
);

test("a claim on this content whose files were spoilt meanwhile is left burnt", () =>
  inRegistry(async ({ folder, publish }) => {
    await publish("one");
    const claim = await readFile(join(folder, "pump", "1", "claim"));
    await mkdir(join(folder, "gear", "1"), { recursive: true });
    await mkdir(join(folder, "gear", "2"), { recursive: true });
    await writeFile(join(folder, "gear", "2", "claim"), claim);
    const registry = openRegistry(folderStore(folder));
    const request = { model: "gear", files: filesOf("one"), manifest: {}, now };
    const first = await registry.publish(request);
    assert.equal(first.version, 3);
  }));

test("processes that publish at once get distinct versions, all whole", { timeout: 60_000 }, () =>
  inRegistry(async ({ registry, folder }) => {
    const numbers = await Promise.all(["anna", "ben", "cleo"].map((who) => publishInChild(folder, who, "own", 6)));
    assert.equal(new Set(numbers.flat()).size, 18);
    for (const version of numbers.flat()) assert.ok((await registry.verify("pump", version)).passed);
    for (const [i, who] of ["anna", "ben", "cleo"].entries()) {
      for (const [k, version] of numbers[i].entries()) {
        assert.equal((await registry.readVersion("pump", version)).manifest["text"], `content of ${who}, ${k}`);
      }
    }
  }),
);

test("processes that publish the same content at once get the same version", { timeout: 60_000 }, () =>
  inRegistry(async ({ registry, folder }) => {
    const [anna, ben, cleo] = await Promise.all(
      ["anna", "ben", "cleo"].map((who) => publishInChild(folder, who, "same", 6)),
    );
    assert.deepEqual(ben, anna);
    assert.deepEqual(cleo, anna);
    assert.equal(new Set(anna).size, 6);
    assert.deepEqual((await registry.list())[0].versions.length, 6);
  }),
);

test("file names that leave the version's folder, or are the registry's own, are refused and nothing is claimed", () =>
  inRegistry(async ({ registry, folder }) => {
    for (const name of ["../2/model.onnx", "/etc/x", "a\\b", "a\0", "..", "a//b"]) {
      const request = { model: "pump", files: new Map([[name, bytesOf("x")]]), manifest: {}, now };
      await assert.rejects(registry.publish(request), { code: "USAGE_STORE_PATH" }, JSON.stringify(name));
    }
    for (const name of ["claim", "SHA256SUMS", "manifest.json"]) {
      const request = { model: "pump", files: new Map([[name, bytesOf("x")]]), manifest: {}, now };
      await assert.rejects(registry.publish(request), { code: "REGISTRY_FILES" }, name);
    }
    assert.deepEqual(await readdir(folder), []);
  }));

test("files may lie in folders of the version", () =>
  inRegistry(async ({ registry }) => {
    const files = new Map([["tfjs/model.json", bytesOf("{}")]]);
    await registry.publish({ model: "pump", files, manifest: {}, now });
    assert.deepEqual((await registry.readVersion("pump", 1)).files, files);
  }));

test("stopped before any of its writes, publishing shows nothing, and run again gives version 1", async () => {
  for (let writes = 0; writes < 5; writes++) {
    await inRegistry(async ({ registry, folder, publish }) => {
      const store = folderStore(folder);
      let done = 0;
      const stopping = openRegistry({
        ...store,
        async createIfAbsent(path, content) {
          if (done++ === writes) throw new Error("stopped");
          return await store.createIfAbsent(path, content);
        },
      });
      const request = { model: "pump", files: filesOf("one"), manifest: { text: "one" }, now };
      await assert.rejects(stopping.publish(request), { message: "stopped" });
      assert.deepEqual(await registry.list(), [], `after ${writes} writes`);
      assert.equal((await publish("one")).version, 1);
      assert.ok((await registry.verify("pump", 1)).passed);
    });
  }
});
