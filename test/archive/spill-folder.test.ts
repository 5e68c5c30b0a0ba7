import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { withDatabase } from "../../src/archive/database.ts";
import { ForewarnError } from "../../src/core/errors.ts";

/** A temporary folder of the test's own, in which the process makes its temporary files. */
async function ownTemporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-archive-"));
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  t.after(async () => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

test("a database removes its spill folder, and those of processes that are no more, but no other", async (t) => {
  const folder = await ownTemporary(t);
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const host = hostname().replace(/[^A-Za-z0-9.]/g, "_");
  const kept = [
    `forewarn-spill-${host}-${process.ppid}-abcdef`,
    `forewarn-spill-elsewhere-${dead}-abcdef`,
    "forewarn-x",
  ];
  for (const name of [...kept, `forewarn-spill-${host}-${dead}-abcdef`]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "spilt"), "x");
  }
  const during = await withDatabase(undefined, () => readdir(folder));
  assert.equal(during.length, kept.length + 1);
  assert.deepEqual((await readdir(folder)).sort(), kept.sort());
});

test("a temporary folder that is not there is told of by its place", async (t) => {
  const folder = await ownTemporary(t);
  await rm(folder, { recursive: true });
  await assert.rejects(
    withDatabase(undefined, async () => 1),
    (error) => {
      assert.ok(error instanceof ForewarnError && error.code === "SERVICE_STORE");
      assert.equal(error.details.where, folder);
      return true;
    },
  );
});
