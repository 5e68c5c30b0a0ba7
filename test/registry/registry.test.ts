import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { inRegistry, now } from "./in-registry.ts";

const move = { model: "pump", alias: "production", now, who: "anna", why: "better" };

test("a reference names a version, an alias, or the latest version", () =>
  inRegistry(async ({ registry, publish }) => {
    for (const text of ["one", "two", "three"]) await publish(text);
    await registry.moveAlias({ ...move, to: 2 });
    assert.deepEqual(await registry.resolve("pump@1"), { model: "pump", version: 1 });
    assert.deepEqual(await registry.resolve("pump@production"), { model: "pump", version: 2, alias: "production" });
    assert.deepEqual(await registry.resolve("pump"), { model: "pump", version: 3 });
  }));

test("the latest version is the highest number, not the last by name", () =>
  inRegistry(async ({ registry, publish }) => {
    for (let i = 1; i <= 10; i++) await publish(String(i));
    assert.equal((await registry.resolve("pump")).version, 10);
  }));

test("what is not there is refused with the nearest name", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await registry.moveAlias({ ...move, to: 1 });
    const hint = (expected: string) => (error: unknown) =>
      error instanceof ForewarnError && (error.details.hint ?? "").includes(expected);
    await assert.rejects(registry.resolve("pumps"), hint("`pump`"));
    await assert.rejects(registry.resolve("pump@prodution"), hint("`production`"));
    await assert.rejects(registry.resolve("pump@7"), { code: "REGISTRY_VERSION_UNKNOWN" });
  }));

test("names of models and aliases outside a-z, 0-9, dot, underscore and dash are refused", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    const hostile = [
      "",
      "Pump",
      "../pump",
      "a/b",
      ".a",
      "-a",
      "a b",
      "pümp",
      "a\n",
      "a\\b",
      "a@b@c",
      "a\0",
      "x".repeat(101),
    ];
    for (const name of hostile) {
      const what = JSON.stringify(name);
      await assert.rejects(registry.resolve(name), { code: "REGISTRY_NAME" }, what);
      const request = { model: name, files: new Map(), manifest: {}, now };
      await assert.rejects(registry.publish(request), { code: "REGISTRY_NAME" }, what);
      await assert.rejects(registry.moveAlias({ ...move, alias: name, to: 1 }), { code: "REGISTRY_NAME" }, what);
      await assert.rejects(registry.history("pump", name), { code: "REGISTRY_NAME" }, what);
      await assert.rejects(registry.history(name, "production"), { code: "REGISTRY_NAME" }, what);
      await assert.rejects(registry.verify(name, 1), { code: "REGISTRY_NAME" }, what);
      await assert.rejects(registry.readVersion(name, 1), { code: "REGISTRY_NAME" }, what);
    }
    assert.deepEqual(await readdir(folder), ["pump"]);
  }));

test("a bare number is no alias, since it would read as a version", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await assert.rejects(registry.moveAlias({ ...move, alias: "1", to: 1 }), { code: "REGISTRY_NAME" });
    for (const reference of ["pump@0", "pump@01", "pump@9999999999999999999"]) {
      await assert.rejects(registry.resolve(reference), { code: "REGISTRY_NAME" }, reference);
    }
  }));

test("an alias keeps the log of its moves, of which the highest holds", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    for (const text of ["one", "two"]) await publish(text);
    assert.deepEqual(await registry.history("pump", "production"), []);
    await registry.moveAlias({ ...move, to: 1 });
    await registry.moveAlias({ ...move, to: 2, who: "ben", why: "caught more" });
    const when = "2026-01-02T03:04:05.000Z";
    assert.deepEqual(await registry.history("pump", "production"), [
      { entry: 1, from: null, to: 1, when, who: "anna", why: "better" },
      { entry: 2, from: 1, to: 2, when, who: "ben", why: "caught more" },
    ]);
    const files = await readdir(join(folder, "pump", "aliases", "production"));
    assert.deepEqual(files.sort(), ["1.json", "2.json"]);
    assert.deepEqual(await registry.list(), [
      { model: "pump", versions: [1, 2], aliases: { production: 2 }, damaged: [] },
    ]);
  }));

test("an alias that is there already gets no new entry", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await registry.moveAlias({ ...move, to: 1 });
    assert.equal((await registry.moveAlias({ ...move, to: 1 })).entry, 1);
    assert.equal((await registry.history("pump", "production")).length, 1);
  }));

test("an alias is never moved to a version that does not exist", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await assert.rejects(registry.moveAlias({ ...move, to: 2 }), { code: "REGISTRY_VERSION_UNKNOWN" });
    assert.deepEqual(await registry.history("pump", "production"), []);
  }));

test("moves at the same moment all stand in the log, one after another", () =>
  inRegistry(async ({ registry, publish }) => {
    for (const text of ["one", "two", "three"]) await publish(text);
    await Promise.all([1, 2, 3].map((to) => registry.moveAlias({ ...move, to })));
    const history = await registry.history("pump", "production");
    assert.deepEqual(
      history.map(({ entry }) => entry),
      [1, 2, 3],
    );
    assert.deepEqual(
      history.map(({ from }) => from),
      [null, history[0].to, history[1].to],
    );
  }));

test("rolling back twice from the third version leads to the first, and each step is a new entry", () =>
  inRegistry(async ({ registry, publish }) => {
    for (const text of ["one", "two", "three"]) await publish(text);
    for (const to of [1, 2, 3]) await registry.moveAlias({ ...move, to });
    assert.equal((await registry.rollback({ ...move, why: "false alarms" })).to, 2);
    assert.equal((await registry.rollback(move)).to, 1);
    await assert.rejects(registry.rollback(move), { code: "REGISTRY_ROLLBACK_NONE" });
    const history = await registry.history("pump", "production");
    assert.deepEqual(
      history.map(({ from, to }) => [from, to]),
      [
        [null, 1],
        [1, 2],
        [2, 3],
        [3, 2],
        [2, 1],
      ],
    );
    assert.equal(history[3].why, "false alarms");
  }));

test("an alias that is not there cannot be rolled back", () =>
  inRegistry(async ({ registry, publish }) => {
    await publish("one");
    await assert.rejects(registry.rollback(move), { code: "REGISTRY_ALIAS_UNKNOWN" });
  }));

test("a spoilt entry of an alias is an error, never skipped", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await registry.moveAlias({ ...move, to: 1 });
    for (const content of ["{", "{}", '{"from":null,"to":"1","when":"","who":"","why":""}']) {
      await writeFile(join(folder, "pump", "aliases", "production", "2.json"), content);
      await assert.rejects(registry.resolve("pump@production"), { code: "REGISTRY_ALIAS_UNREADABLE" }, content);
    }
  }));

test("a changed, missing or added file is found by name", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    assert.ok((await registry.verify("pump", 1)).passed);
    const version = join(folder, "pump", "1");
    await appendFile(join(version, "model.onnx"), " ");
    await rm(join(version, "featurizer.json"));
    await writeFile(join(version, "extra.bin"), "x");
    assert.deepEqual(await registry.verify("pump", 1), {
      model: "pump",
      version: 1,
      passed: false,
      files: [
        { path: "featurizer.json", state: "missing" },
        { path: "manifest.json", state: "ok" },
        { path: "model.onnx", state: "damaged" },
        { path: "extra.bin", state: "unlisted" },
      ],
    });
    await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" });
  }));

test("a changed manifest or a lost list of sums is found before anything is used", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await writeFile(join(folder, "pump", "1", "manifest.json"), '{"model":"pump","text":"other"}');
    await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" });
    await rm(join(folder, "pump", "1", "SHA256SUMS"));
    await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" });
    assert.equal((await registry.verify("pump", 1)).passed, false);
  }));

test("a list of sums that names files elsewhere opens none of them", () =>
  inRegistry(async ({ registry, folder }) => {
    const version = join(folder, "pump", "1");
    await mkdir(version, { recursive: true });
    await writeFile(join(version, "manifest.json"), "{}");
    await writeFile(join(version, "SHA256SUMS"), `${"0".repeat(64)}  ../../../etc/passwd\n`);
    const { files, passed } = await registry.verify("pump", 1);
    assert.equal(passed, false);
    assert.deepEqual(files[0], { path: "../../../etc/passwd", state: "missing" });
    await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_SUM_MISMATCH" });
    await writeFile(join(version, "SHA256SUMS"), "no sums at all");
    await assert.rejects(registry.verify("pump", 1), { code: "REGISTRY_SUMS_UNREADABLE" });
  }));

test("an empty or absent folder is an empty registry, and foreign folders are no models", () =>
  inRegistry(async ({ registry, folder }) => {
    assert.deepEqual(await registry.list(), []);
    await mkdir(join(folder, "Not A Model", "1"), { recursive: true });
    await writeFile(join(folder, "Not A Model", "1", "manifest.json"), "{}");
    await writeFile(join(folder, "readme.txt"), "hello");
    assert.deepEqual(await registry.list(), []);
  }));
