import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type StageCache, stageCache } from "../../src/pipeline/stage-cache.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A cache that holds "one" and "two". */
async function inCache(action: (cache: StageCache, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-cache-"));
  const cache = stageCache(folder);
  try {
    for (const name of ["one", "two"]) await cache.write(name, bytes(`content of ${name}`));
    await action(cache, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a result is read back, and one without its sum, or with another's, is none", () =>
  inCache(async (cache, folder) => {
    assert.deepEqual(await cache.read("one"), bytes("content of one"));
    await writeFile(join(folder, "one.sha256"), await readFile(join(folder, "two.sha256")));
    assert.equal(await cache.read("one"), undefined);
    await rm(join(folder, "one.sha256"));
    assert.equal(await cache.read("one"), undefined);
    assert.equal(await cache.read("three"), undefined);
  }));

test(
  "what is no file is no result, and a result takes its place without touching what a link leads to",
  {
    skip: process.platform === "win32" && "needs pipes and links",
  },
  () =>
    inCache(async (cache, folder) => {
      const path = join(folder, "one");
      const others = {
        "a pipe": () => execFileSync("mkfifo", [path]),
        "a device": () => symlink("/dev/zero", path),
        "a link to nothing": () => symlink("nowhere", path),
        "a link to itself": () => symlink(path, path),
        "a link to another result": () => symlink("two", path),
      };
      for (const [what, put] of Object.entries(others)) {
        await rm(path);
        await put();
        assert.equal(await cache.read("one"), undefined, what);
        await cache.write("one", bytes("content of one"));
        assert.ok((await lstat(path)).isFile(), what);
        assert.deepEqual(await cache.read("one"), bytes("content of one"), what);
        assert.deepEqual(await cache.read("two"), bytes("content of two"), what);
      }
    }),
);

test("a folder in a result's place is told of when it is looked for, before anything is computed", () =>
  inCache(async (cache, folder) => {
    await rm(join(folder, "one"));
    await mkdir(join(folder, "one"));
    await assert.rejects(cache.read("one"), { code: "SERVICE_STORE_NOT_A_FILE" });
  }));
