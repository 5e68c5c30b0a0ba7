import assert from "node:assert/strict";
import { execFileSync, fork } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ForewarnError } from "../../src/core/errors.ts";
import { createFileExclusive, writeFileAtomic } from "../../src/stores/atomic-file.ts";
import { folderStore } from "../../src/stores/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);

async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-stores-"));
  try {
    await action(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a file is created once: the second creation changes nothing and says so", () =>
  inFolder(async (folder) => {
    const store = folderStore(join(folder, "registry"));
    assert.equal(await store.createIfAbsent("a/b.json", bytes("first")), true);
    assert.equal(await store.createIfAbsent("a/b.json", bytes("second")), false);
    assert.equal(text(await store.read("a/b.json")), "first");
  }));

test("what is not there reads as undefined, also below a file", () =>
  inFolder(async (folder) => {
    const store = folderStore(folder);
    await store.createIfAbsent("a", bytes("x"));
    assert.equal(await store.read("b"), undefined);
    assert.equal(await store.read("a/b"), undefined);
    assert.deepEqual(await store.list("nowhere"), []);
    assert.deepEqual(await folderStore(join(folder, "none")).list(""), []);
  }));

test("a store below a file is an error that says where and what to do, to read, list and write alike", () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    for (const root of [join(folder, "file"), join(folder, "file", "below")]) {
      const store = folderStore(root);
      for (const call of [() => store.list(""), () => store.read("a"), () => store.createIfAbsent("a", bytes("x"))]) {
        await assert.rejects(call, (error) => {
          assert.ok(error instanceof ForewarnError && error.code === "SERVICE_STORE", String(error));
          assert.ok(error.details.where?.startsWith(root));
          assert.match(error.details.hint ?? "", /name another folder/);
          return true;
        });
      }
    }
  }));

test("files are listed below a folder, at any depth, by bytes; other folders that begin alike are not", () =>
  inFolder(async (folder) => {
    const store = folderStore(folder);
    for (const path of ["m/2/z", "m/10/a", "m/2/A", "m2/1/a", "é/x"]) await store.createIfAbsent(path, bytes(path));
    assert.deepEqual(await store.list("m"), ["m/10/a", "m/2/A", "m/2/z"]);
    assert.deepEqual(await store.list(""), ["m/10/a", "m/2/A", "m/2/z", "m2/1/a", "é/x"]);
  }));

test("paths that could leave the store are refused before anything is touched", () =>
  inFolder(async (folder) => {
    const store = folderStore(join(folder, "inside"));
    await writeFile(join(folder, "secret"), "secret");
    const hostile = [
      "../secret",
      "a/../../secret",
      "/etc/passwd",
      "a//b",
      "a/",
      "",
      ".",
      "a/./b",
      "a\\b",
      "a\0b",
      "C:/x",
      "a\nb",
    ];
    for (const path of [...hostile, ".tmp-x", "a/.tmp-x"]) {
      await assert.rejects(store.read(path), { code: "USAGE_STORE_PATH" }, JSON.stringify(path));
      await assert.rejects(store.createIfAbsent(path, bytes("x")), { code: "USAGE_STORE_PATH" }, JSON.stringify(path));
      if (path !== "") await assert.rejects(store.list(path), { code: "USAGE_STORE_PATH" }, JSON.stringify(path));
    }
    assert.deepEqual(await readdir(folder), ["secret"]);
    assert.equal(await store.createIfAbsent("a..b/..c", bytes("names with dots are fine")), true);
  }));

test("links to elsewhere are not listed", () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, "store"));
    await symlink(folder, join(folder, "store", "loop"));
    await symlink("/etc/hostname", join(folder, "store", "file"));
    assert.deepEqual(await folderStore(join(folder, "store")).list(""), []);
  }));

test("a half-written file is never listed, and no temporary file is left", () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, ".tmp-left-by-a-killed-process"), "half");
    const store = folderStore(folder);
    await store.createIfAbsent("a", bytes("x"));
    await store.createIfAbsent("a", bytes("y"));
    await writeFileAtomic(join(folder, "b"), "1");
    assert.deepEqual(await store.list(""), ["a", "b"]);
    assert.deepEqual((await readdir(folder)).sort(), [".tmp-left-by-a-killed-process", "a", "b"]);
  }));

test("an atomic write replaces the whole file and makes missing folders", () =>
  inFolder(async (folder) => {
    const path = join(folder, "x", "y.json");
    await writeFileAtomic(path, "a longer first content");
    await writeFileAtomic(path, bytes("short"));
    assert.equal(await readFile(path, "utf8"), "short");
  }));

test("a folder in the way is a service error that names the file, and leaves no temporary file", () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, "taken"));
    await assert.rejects(writeFileAtomic(join(folder, "taken"), "x"), { code: "SERVICE_STORE_NOT_A_FILE" });
    assert.deepEqual(await readdir(folder), ["taken"]);
    assert.equal(await createFileExclusive(join(folder, "taken"), "x"), false);
  }));

test("a link to a file stays a link, and the file it leads to is replaced", () =>
  inFolder(async (folder) => {
    const [file, link] = [join(folder, "there", "file"), join(folder, "link")];
    await writeFileAtomic(file, "old");
    await symlink(file, link);
    await writeFileAtomic(link, "new");
    assert.equal(await readFile(file, "utf8"), "new");
    assert.ok((await lstat(link)).isSymbolicLink());
  }));

test("a pipe, a link to one and a link to nothing are refused and stay", { skip: process.platform === "win32" }, () =>
  inFolder(async (folder) => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await symlink(pipe, join(folder, "to-pipe"));
    await symlink(join(folder, "nothing"), join(folder, "to-nothing"));
    for (const name of ["pipe", "to-pipe", "to-nothing"]) {
      await assert.rejects(writeFileAtomic(join(folder, name), "x"), { code: "SERVICE_STORE_NOT_A_FILE" }, name);
    }
    assert.ok((await lstat(pipe)).isFIFO());
    assert.deepEqual((await readdir(folder)).sort(), ["pipe", "to-nothing", "to-pipe"]);
  }),
);

test("what killed processes left goes after a day, when something is written beside it; nobody else's file does", () =>
  inFolder(async (folder) => {
    const id = "00000000-0000-4000-8000-00000000000";
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const name of [`.tmp-forewarn-${id}1`, ".tmp-other", `.tmp-forewarn-${id}2`]) {
      await writeFile(join(folder, name), "half");
      if (!name.endsWith("2")) await utimes(join(folder, name), yesterday, yesterday);
    }
    const store = folderStore(folder);
    assert.deepEqual(await store.leftovers(""), [`.tmp-forewarn-${id}1`, `.tmp-forewarn-${id}2`, ".tmp-other"]);
    await store.createIfAbsent("a", bytes("x"));
    assert.deepEqual((await readdir(folder)).sort(), [`.tmp-forewarn-${id}2`, ".tmp-other", "a"]);
  }));

test("of many processes that create one file, exactly one is told that it did", { timeout: 60_000 }, () =>
  inFolder(async (folder) => {
    const script = fileURLToPath(new URL("create-once.ts", import.meta.url));
    const answers = await Promise.all(
      ["a", "b", "c"].map(
        (who) =>
          new Promise<string>((resolve, reject) => {
            let output = "";
            const child = fork(script, [folder, who], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
            child.stdout?.on("data", (chunk) => {
              output += chunk;
            });
            child.on("error", reject);
            child.on("close", () => resolve(output));
          }),
      ),
    );
    const wins = answers.map((answer) => answer.split("\n").filter(Boolean));
    const all = wins.flat();
    assert.equal(all.length, 40);
    assert.equal(new Set(all).size, 40);
    const store = folderStore(folder);
    for (const [i, who] of ["a", "b", "c"].entries()) {
      for (const path of wins[i]) assert.equal(text(await store.read(path)), who.repeat(1000));
    }
  }),
);
