import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { inRegistry, now } from "./in-registry.ts";

const move = { model: "pump", alias: "production", now, who: "anna", why: "better" };

/** Where the thing in the way stands. */
const takenAt = (place: string) => (error: unknown) => {
  assert.ok(error instanceof ForewarnError && error.code === "REGISTRY_PATH_TAKEN", String(error));
  assert.ok(error.details.where?.endsWith(place), error.details.where);
  return true;
};

test("a version's folder that is a link, or a folder where its claim should be, is named, not tried for ever", () =>
  inRegistry(async ({ folder, publish }) => {
    await publish("one");
    await rename(join(folder, "pump", "1"), join(folder, "moved"));
    await symlink(join(folder, "moved"), join(folder, "pump", "1"));
    await assert.rejects(publish("two"), takenAt("pump/1/claim"));
    await rm(join(folder, "pump", "1"));
    await mkdir(join(folder, "pump", "1", "claim"), { recursive: true });
    await assert.rejects(publish("two"), takenAt("pump/1/claim"));
    await rm(join(folder, "pump", "1"), { recursive: true });
    assert.equal((await publish("two")).version, 1);
  }));

test("an alias's entry that is a link is named, not tried for ever", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await mkdir(join(folder, "pump", "aliases", "production"), { recursive: true });
    await symlink("nowhere", join(folder, "pump", "aliases", "production", "1.json"));
    await assert.rejects(registry.moveAlias({ ...move, to: 1 }), takenAt("pump/aliases/production/1.json"));
  }));

test("numbers end at 999,999,999: a folder above it is no version, and after it there is none", () =>
  inRegistry(async ({ folder, publish }) => {
    for (const number of ["999999999999999", "1000000000"]) {
      await mkdir(join(folder, "pump", number), { recursive: true });
      await writeFile(join(folder, "pump", number, "claim"), "");
    }
    assert.equal((await publish("one")).version, 1);
    await mkdir(join(folder, "pump", "999999999"));
    await writeFile(join(folder, "pump", "999999999", "claim"), "");
    await assert.rejects(publish("two"), { code: "REGISTRY_NUMBERS_USED_UP" });
    assert.equal((await publish("one")).version, 1);
  }));

test("files that are no aliases, and a damaged alias, keep nobody from the other aliases and models", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await registry.moveAlias({ ...move, to: 1 });
    const aliases = join(folder, "pump", "aliases");
    await writeFile(join(aliases, ".DS_Store"), "x");
    await mkdir(join(aliases, "Bad Name"));
    await writeFile(join(aliases, "Bad Name", "1.json"), "{}");
    await mkdir(join(aliases, "empty"));
    await writeFile(join(aliases, "empty", "readme.txt"), "x");
    await mkdir(join(aliases, "spoilt"));
    await writeFile(join(aliases, "spoilt", "1.json"), "{");
    const held = { model: "pump", versions: [1], aliases: { production: 1 }, damaged: ["pump@spoilt"] };
    assert.deepEqual(await registry.list(), [held]);
    await assert.rejects(registry.resolve("pump@absent"), { code: "REGISTRY_ALIAS_UNKNOWN" });
    await assert.rejects(registry.resolve("pump@spoilt"), { code: "REGISTRY_ALIAS_UNREADABLE" });
  }));

test("content whose list of sums is gone or spoilt is not published a second time, and the listing tells", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await publish("two");
    const sums = join(folder, "pump", "1", "SHA256SUMS");
    const published = await readFile(sums);
    const [entry] = await registry.list();
    assert.deepEqual(entry.damaged, []);
    const spoilt = {
      gone: ["REGISTRY_SUM_MISMATCH", () => rm(sums)],
      unreadable: ["REGISTRY_SUMS_UNREADABLE", () => writeFile(sums, "x")],
      another: [
        "REGISTRY_SUM_MISMATCH",
        async () => writeFile(sums, await readFile(join(folder, "pump", "2", "SHA256SUMS"))),
      ],
    } as const;
    for (const [what, [code, spoil]] of Object.entries(spoilt)) {
      await spoil();
      await assert.rejects(publish("one"), { code }, what);
      assert.deepEqual((await registry.list())[0].damaged, ["pump@1"], what);
      await writeFile(sums, published);
    }
    assert.equal((await publish("one")).version, 1);
  }));

test("a list of sums made anew over changed files is not the one that was published", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await publish("two");
    const [one, two] = ["1", "2"].map((version) => join(folder, "pump", version));
    for (const name of await readdir(two)) {
      if (name !== "claim") await writeFile(join(one, name), await readFile(join(two, name)));
    }
    const wrong = (await registry.verify("pump", 1)).files.filter(({ state }) => state !== "ok");
    assert.deepEqual(wrong, [{ path: "SHA256SUMS", state: "damaged" }]);
    await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" });
  }));

test("verifying names what a killed process left, and a claim that is gone", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    const left = ".tmp-forewarn-00000000-0000-4000-8000-000000000000";
    await writeFile(join(folder, "pump", "1", left), "half");
    const check = await registry.verify("pump", 1);
    assert.ok(check.passed);
    assert.deepEqual(check.files.at(-1), { path: left, state: "leftover" });
    await rm(join(folder, "pump", "1", "claim"));
    const { passed, files } = await registry.verify("pump", 1);
    assert.equal(passed, false);
    assert.deepEqual(files.find(({ path }) => path === "claim")?.state, "missing");
    await registry.readVersion("pump", 1);
  }));
