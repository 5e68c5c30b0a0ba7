import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../src/stores/make-folder.ts";

test("a folder is made with those above it, and those that were there are not told of", async () => {
  const root = await mkdtemp(join(tmpdir(), "forewarn-folder-"));
  try {
    await mkdir(join(root, "a"));
    const made = ["a/b", "a/b/c", "a/b/c/d"].map((path) => join(root, path));
    assert.deepEqual(await makeFolder(join(root, "a/b/c/d")), made);
    assert.deepEqual(await makeFolder(join(root, "a/b/c/d")), []);
    await symlink(join(root, "a"), join(root, "link"));
    assert.deepEqual(await makeFolder(join(root, "link", "b")), []);
    await writeFile(join(root, "file"), "");
    await assert.rejects(makeFolder(join(root, "file")), { code: "EEXIST" });
    await assert.rejects(makeFolder(join(root, "file", "below")), { code: "ENOTDIR" });
  } finally {
    await rm(root, { recursive: true });
  }
});

test("where no folder can be made, the error comes at once", {
  skip: process.platform !== "linux" && "needs /proc",
}, async () => {
  await assert.rejects(makeFolder("/proc/nothing/below"), { code: "ENOENT" });
});
