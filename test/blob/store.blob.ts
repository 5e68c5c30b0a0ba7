import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as nodeTest from "node:test";
import { openStore } from "../../src/stores/open-store.ts";
import { storeContract } from "../stores/store-contract.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { bytes, newStore, text } from "./support/in-container.ts";

const { test } = nodeTest;

if (withoutAzurite) test("a container as a store", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  storeContract("container", () => newStore(azurite));

  test("lines of several writers are all there", async () => {
    const store = await newStore(azurite);
    const lines = Array.from({ length: 6 }, (_, i) => `line ${i}\n`);
    await Promise.all(lines.map((line) => store.append("log", line)));
    assert.deepEqual(
      text(await store.read("log"))
        ?.split("\n")
        .filter(Boolean)
        .sort(),
      lines.map((line) => line.trim()),
    );
  });

  test("content of more than one request goes up in blocks, is created once, replaced, and comes back as it was", async () => {
    const store = await newStore(azurite);
    const content = new Uint8Array(9_000_001).map((_, i) => (i * 7919) % 251);
    const told = await Promise.all([1, 2, 3].map(() => store.createIfAbsent("large", content)));
    assert.deepEqual(told.filter(Boolean), [true]);
    await store.replace("large", content.subarray(1));
    const read = await store.read("large");
    assert.equal(Buffer.compare(read as Uint8Array, content.subarray(1)), 0);
    const md5 = createHash("md5").update(content.subarray(1)).digest("hex");
    assert.equal((await store.files("large"))[0].md5, md5);
  });

  test("a listing of many pages is whole, and each page is asked for once", async () => {
    const store = await newStore(azurite, { pageSize: 7 });
    const names = Array.from({ length: 40 }, (_, i) => `f/${String(i).padStart(2, "0")}`);
    await Promise.all(names.map((name) => store.createIfAbsent(name, bytes(name))));
    assert.deepEqual(await store.list("f"), names);
  });

  test("the folders of a hierarchical namespace and of upload tools are no files", async () => {
    const { name, place } = await azurite.container();
    const container = azurite.service.getContainerClient(name);
    await container.getBlockBlobClient("data/telemetry").upload("", 0, { metadata: { hdi_isfolder: "true" } });
    await container.getBlockBlobClient("data/made by a tool/").upload("", 0);
    await container.getBlockBlobClient("data/telemetry/a.csv").upload("x", 1);
    const store = await openStore(`${place}/data`, { environment: azurite.environment() });
    assert.deepEqual(await store.list(""), ["telemetry/a.csv"]);
    assert.deepEqual(
      (await store.files("telemetry")).map(({ path }) => path),
      ["telemetry/a.csv"],
    );
  });

  test("names that others gave and no file of a store has are told by `files`, never by `list`", async () => {
    const { name, place } = await azurite.container();
    const container = azurite.service.getContainerClient(name);
    for (const odd of ["d/2015-01-01T00:00.csv", "d/a//b.csv"]) await container.getBlockBlobClient(odd).upload("x", 1);
    const store = await openStore(`${place}/d`, { environment: azurite.environment() });
    assert.deepEqual(await store.list(""), []);
    const files = await store.files("");
    assert.deepEqual(
      files.map(({ path }) => path),
      ["2015-01-01T00:00.csv", "a//b.csv"],
    );
    const range = { offset: 0, bytes: 1, etag: files[0].etag };
    assert.equal(text(await store.readRange(files[0].path, range)), "x");
    await assert.rejects(store.readRange("a//b.csv", range), { code: "USAGE_STORE_PATH" });
  });
}
