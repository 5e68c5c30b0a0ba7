import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as nodeTest from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { fetchBlob } from "../../src/archive/fetch-blob.ts";
import { sweepBlobs } from "../../src/archive/fetch-sweep.ts";
import { checkUnchanged, findArchive } from "../../src/archive/find-archive.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import { openStore } from "../../src/stores/open-store.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { startProxy } from "./support/breaking-proxy.ts";
import { quickRetry } from "./support/in-container.ts";
import { uploadFolder } from "./support/upload.ts";

const { after, test } = nodeTest;

if (withoutAzurite) test("an archive in blob storage", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  const proxy = await startProxy(nodeTest, azurite.port);
  Object.assign(process.env, azurite.environment(proxy.endpoint));
  const folder = await mkdtemp(join(tmpdir(), "forewarn-fetch-"));
  after(() => rm(folder, { recursive: true, force: true }));
  let caches = 0;
  const content = Buffer.from(new Uint8Array(9_000_001).map((_, i) => (i * 7919) % 251));

  /** A blob of three ranges, a way to fetch it as it is listed, and the cache it is fetched into. */
  async function oneBlob(options: { content?: Buffer; name?: string } = {}) {
    proxy.breaks(() => undefined);
    const { name = "telemetry/a.parquet" } = options;
    const container = await azurite.container();
    const client = azurite.service.getContainerClient(container.name).getBlockBlobClient(name);
    const upload = (bytes: Buffer) => client.upload(bytes, bytes.length);
    await upload(options.content ?? content);
    const store = await openStore(container.place, {
      environment: azurite.environment(proxy.endpoint),
      retry: quickRetry(),
    });
    const cache = join(folder, String(++caches));
    const listed = async () => ({ store, file: (await store.files(name))[0], path: name });
    const fetch = async (signal?: AbortSignal) => fetchBlob(await listed(), cache, signal);
    return { client, upload, listed, fetch, cache, place: container.place };
  }

  const gets = () => proxy.seen.filter(({ kind }) => kind === "get");
  async function filesIn(cache: string): Promise<string[]> {
    return (await readdir(cache, { recursive: true, withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  }

  test("a blob is fetched in ranges, each once, and taken from the cache as long as its ETag stays", async () => {
    const { fetch, cache } = await oneBlob();
    const first = await fetch();
    assert.equal(Buffer.compare(await readFile(first.location), content), 0);
    assert.equal(first.sha256, createHash("sha256").update(content).digest("hex"));
    assert.match(first.location, /\.parquet$/);
    assert.deepEqual(
      gets()
        .map(({ from }) => from)
        .sort(),
      [0, 4_194_304, 8_388_608],
    );
    assert.deepEqual(await fetch(), first);
    assert.equal(gets().length, 3);
    assert.equal((await filesIn(cache)).length, 2);
  });

  test("other content under the same name is fetched anew, beside the old", async () => {
    const { upload, fetch } = await oneBlob();
    const first = await fetch();
    await upload(content.subarray(1));
    const second = await fetch();
    assert.notEqual(second.location, first.location);
    assert.equal(Buffer.compare(await readFile(second.location), content.subarray(1)), 0);
  });

  const damages: Record<string, (file: string) => Promise<unknown>> = {
    "a changed byte": async (file) => writeFile(file, (await readFile(file)).fill(7, 100, 101)),
    "a lost end": async (file) => writeFile(file, content.subarray(0, 5_000_000)),
    "a lost file": (file) => rm(file),
    "a lost note": (file) => rm(`${file}.note`),
    "half a note": (file) => writeFile(`${file}.note`, '{"address":"az'),
    "another file's note": (file) => writeFile(`${file}.note`, '{"address":"a","etag":"e","bytes":1,"sha256":"x"}'),
  };
  for (const [what, damage] of Object.entries(damages)) {
    test(`${what} in the cache is found, and the blob fetched again`, async () => {
      const { fetch } = await oneBlob();
      const { location } = await fetch();
      await damage(location);
      proxy.breaks(() => undefined);
      assert.equal(Buffer.compare(await readFile((await fetch()).location), content), 0);
      assert.equal(gets().length, 3);
    });
  }

  test("a blob that changes between two of its ranges is DATA_CHANGED, and nothing of it stays", async () => {
    const { upload, fetch, cache } = await oneBlob();
    const change = () => upload(content.subarray(2));
    proxy.breaks(({ kind, before }) => (kind === "get" && before === 1 ? { first: change } : undefined));
    await assert.rejects(fetch(), { code: "DATA_CHANGED" });
    assert.deepEqual(await filesIn(cache), []);
  });

  test("a range that never comes ends the fetch in an error, and nothing of the blob stays", async () => {
    const { fetch, cache } = await oneBlob();
    proxy.breaks(({ kind, from }) =>
      kind === "get" && from > 5_000_000 ? { body: "broken", after: 1000 } : undefined,
    );
    await assert.rejects(fetch(), { code: "SERVICE_BLOB_UNREACHABLE" });
    assert.deepEqual(await filesIn(cache), []);
    proxy.breaks(({ before }) => (before % 2 === 0 ? { body: "short", after: 3_000_000 } : undefined));
    assert.equal(Buffer.compare(await readFile((await fetch()).location), content), 0);
  });

  test("what a killed process left is not used", async () => {
    const { fetch } = await oneBlob();
    const { location } = await fetch();
    await rm(`${location}.note`);
    await writeFile(location, content.subarray(0, 1000));
    await writeFile(join(dirname(location), ".tmp-forewarn-00000000-0000-4000-8000-000000000000"), "half");
    assert.equal(Buffer.compare(await readFile((await fetch()).location), content), 0);
  });

  test("content that does not have the MD5 kept with it is refused", async () => {
    const { client, fetch, cache } = await oneBlob();
    await client.setHTTPHeaders({ blobContentMD5: createHash("md5").update("other").digest() });
    await assert.rejects(fetch(), { code: "SERVICE_BLOB_DAMAGED" });
    assert.deepEqual(await filesIn(cache), []);
  });

  test("a fetched file ends as the blob's name does, where every disk takes that", async () => {
    const endings = { "a.csv": ".csv", "x/b.tar.parquet": ".parquet", c: "", "v.1_0": "", ".hidden": "" };
    for (const [name, ending] of Object.entries(endings)) {
      const { location } = await (await oneBlob({ content: Buffer.from("x"), name })).fetch();
      assert.match(location, new RegExp(`/[0-9a-f]{32}${ending.replace(".", "\\.")}$`), name);
    }
  });

  test("an empty blob is an empty file", async () => {
    const { fetch } = await oneBlob({ content: Buffer.alloc(0), name: "a.csv" });
    assert.equal((await readFile((await fetch()).location)).length, 0);
  });

  test("two that fetch the same blob at once both get it whole", async () => {
    const { fetch, cache } = await oneBlob();
    for (const { location } of await Promise.all([fetch(), fetch(), fetch()])) {
      assert.equal(Buffer.compare(await readFile(location), content), 0);
    }
    assert.equal((await filesIn(cache)).length, 2);
  });

  test("content that a newer one has replaced goes after a day, unused content after thirty", async () => {
    const { upload, fetch, cache } = await oneBlob({ content: Buffer.from("old"), name: "a.csv" });
    const old = await fetch();
    await upload(Buffer.from("new"));
    const kept = await fetch();
    const now = Date.now();
    const usedDaysAgo = (file: string, days: number) => {
      const at = new Date(now - days * 86_400_000);
      return utimes(`${file}.note`, at, at);
    };
    await usedDaysAgo(old.location, 0.9);
    await sweepBlobs(cache, now);
    assert.equal((await filesIn(cache)).length, 4);
    await usedDaysAgo(old.location, 1.1);
    await usedDaysAgo(kept.location, 1.05);
    await sweepBlobs(cache, now);
    assert.equal((await filesIn(cache)).length, 2);
    assert.equal(await readFile(kept.location, "utf8"), "new");
    await usedDaysAgo(kept.location, 31);
    await sweepBlobs(cache, now);
    assert.deepEqual(await filesIn(cache), []);
  });

  const telemetry = (path: string): ArchiveSpec => ({
    time: "timestamp",
    telemetry: [csv(path, { machine: "m", time: "t", sensors: ["v"] })],
  });

  test("files, folders and globs find in a container what they find on a disk", async () => {
    const names = [
      "a.csv",
      "b.CSV",
      "c.parquet",
      "_d.csv",
      ".e.csv",
      "t/a.csv",
      "t/b.csv",
      "t/_c.csv",
      "t/u/a.csv",
      "t/u/v/a.csv",
      "t/_x/a.csv",
      "t2/a.csv",
      "t[1]/a.csv",
      "s p/ü %2F+&#.csv",
      "day=01/a.csv",
      "day=02/a.csv",
      "x?/a.csv",
      "t/a.csv.d/a.csv",
    ];
    const root = join(folder, "tree");
    for (const name of names) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), name);
    }
    const { name: container, place } = await azurite.container();
    await uploadFolder(azurite, container, "data", root);
    const patterns = [
      "a.csv",
      "t",
      "t/",
      "./t",
      ".",
      "*.csv",
      "*",
      "t/*",
      "t/*.csv",
      "t/**",
      "**",
      "**/*.csv",
      "**/a.csv",
      "t/**/a.csv",
      "*/a.csv",
      "t?/a.csv",
      "t[1]/a.csv",
      "t[1]",
      "{a,b}.{csv,CSV}",
      "[!a].CSV",
      "_d.csv",
      "_*.csv",
      ".*.csv",
      "t/_x/*",
      "s p/*",
      "s p/ü %2F+&#.csv",
      "day=*/a.csv",
      "day=0[12]",
      "x?/a.csv",
      "t/a.csv.d",
      "none",
      "none/*.csv",
      "t/none.csv",
      "a.csv/b",
      "**/v/*",
    ];
    const found = async (at: string, pattern: string) => {
      try {
        const files = await findArchive(telemetry(pattern), at, { cache: join(folder, "tree-cache") });
        return await Promise.all(
          [...files.values()].flat().map(async (file) => [file.path, await readFile(file.location, "utf8")]),
        );
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    for (const pattern of patterns) {
      assert.deepEqual(await found(`${place}/data`, pattern), await found(root, pattern), pattern);
    }
  });

  test("a glob of many ** is matched in the end, as on a disk", async () => {
    const name = `${"d/".repeat(24)}a.csv`;
    const { place } = await oneBlob({ content: Buffer.from("m,t,v\n"), name });
    await mkdir(dirname(join(folder, "deep", name)), { recursive: true });
    await writeFile(join(folder, "deep", name), "m,t,v\n");
    const many = "**/".repeat(12);
    for (const at of [place, join(folder, "deep")]) {
      const found = async (pattern: string) => {
        const files = await findArchive(telemetry(pattern), at, { cache: join(folder, "deep-cache") });
        return [...files.values()].flat().map(({ path }) => path);
      };
      assert.deepEqual(await found(`${many}a.csv`), [name]);
      assert.deepEqual(await found(many.slice(0, -1)), [name]);
      await assert.rejects(found(`${many}b.csv`), { code: "DATA_FILES_MISSING" });
    }
  });

  test("of two runs that begin with the same cold cache, neither takes the other's fetch for a change", async () => {
    const { place } = await oneBlob({ content: Buffer.from("m,t,v\n"), name: "a.csv" });
    const cache = join(folder, "cold");
    const find = () => findArchive(telemetry("a.csv"), place, { cache });
    let files: Awaited<ReturnType<typeof findArchive>> | undefined;
    proxy.breaks(({ kind, before }) =>
      kind === "get" && before === 0 ? { first: async () => (files = await find()) } : undefined,
    );
    const late = await find();
    assert.ok(files !== undefined);
    await checkUnchanged(late);
    await checkUnchanged(files);
    const [file] = [...files.values()].flat();
    assert.equal(file.location, [...late.values()].flat()[0].location);
    await writeFile(file.location, "m,t,w\n");
    await assert.rejects(checkUnchanged(files), { code: "DATA_CHANGED" });
    await rm(file.location);
    await assert.rejects(checkUnchanged(files), { code: "DATA_CHANGED" });
  });

  test("a file of the archive's own that was written anew counts as changed, even with the same content", async () => {
    const root = join(folder, "own-file");
    await mkdir(root);
    await writeFile(join(root, "a.csv"), "m,t,v\n");
    const files = await findArchive(telemetry("a.csv"), root);
    await checkUnchanged(files);
    await writeFile(join(root, "a.csv"), "m,t,v\n");
    await assert.rejects(checkUnchanged(files), { code: "DATA_CHANGED" });
  });

  test("a source of its own address is found beside an archive on disk, under that address", async () => {
    const { place } = await oneBlob({ content: Buffer.from("m,t,v\n"), name: "other/2015-01-01T00:00.csv" });
    const files = await findArchive(telemetry(`${place}/other/*.csv`), folder, { cache: join(folder, "own") });
    const [file] = [...files.values()].flat();
    assert.equal(file.path, `${place}/other/2015-01-01T00:00.csv`);
    assert.match(file.etag ?? "", /^"0x/);
    assert.equal(await readFile(file.location, "utf8"), "m,t,v\n");
  });

  test("what is not there is told with the nearest name", async () => {
    const { place } = await oneBlob({ content: Buffer.from("x"), name: "d/telemetry.csv" });
    const refused = async (at: string, path: string) =>
      findArchive(telemetry(path), at, { cache: folder }).then(
        () => assert.fail(path),
        (error) => error,
      );
    const near = await refused(`${place}/d`, "telemetri.csv");
    assert.equal(near.code, "DATA_FILES_MISSING");
    assert.equal(near.details.hint, "did you mean `telemetry.csv`?");
    assert.equal(near.details.where, `telemetry, in the folder ${place}/d`);
    assert.equal((await refused(`${place}/e`, "telemetry.csv")).code, "DATA_FOLDER_MISSING");
    assert.equal((await refused(`${place}/d`, "a?sig=c2VjcmV0")).code, "USAGE_STORE_SECRET");
    assert.equal((await refused(`${place}/d`, "../x.csv")).code, "USAGE_STORE_PLACE");
    assert.equal((await refused(`${place}/d`, "s3://bucket/x")).code, "PIPELINE_PATH_UNSUPPORTED");
  });

  test("an interrupted fetch says so, and leaves nothing", async () => {
    const { place } = await oneBlob({ name: "a.csv" });
    const cache = join(folder, "interrupted");
    const interrupt = new AbortController();
    proxy.breaks(({ kind }) => {
      if (kind !== "get") return undefined;
      setTimeout(() => interrupt.abort(), 50);
      return { body: "stopped", after: 1000 };
    });
    await assert.rejects(findArchive(telemetry("a.csv"), place, { cache, signal: interrupt.signal }), {
      code: "INTERRUPTED_LOAD",
    });
    assert.deepEqual(await filesIn(cache), []);
  });
}
