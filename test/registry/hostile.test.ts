import assert from "node:assert/strict";
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { sha256 } from "../../src/core/json.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { bytesOf, filesOf, inRegistry, now } from "./in-registry.ts";
import { plant } from "./plant.ts";

const move = { model: "pump", alias: "production", now, who: "anna", why: "better" };
const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
const huge = 17 * 1024 * 1024;

test("a planted version that is good is read", () =>
  inRegistry(async ({ registry, folder }) => {
    await plant(folder);
    assert.ok((await registry.verify("pump", 1)).passed);
    assert.deepEqual((await registry.readVersion("pump", 1)).manifest, { model: "pump" });
  }));

test("a manifest that is no object of a sensible size and depth is refused, and nobody is handed its files", () =>
  inRegistry(async ({ registry, folder }) => {
    const manifests = {
      nothing: "",
      "no JSON": "{'model': 'pump'}",
      "cut off": '{"model": "pump"',
      null: "null",
      number: "1e999",
      list: "[]",
      text: '"pump"',
      "no text": Uint8Array.of(0x7b, 0xff, 0x7d),
      "deep objects": deep('{"model":', "}"),
      "deep lists": `{"model":"pump","scorer":${deep("[", "]")}}`,
      huge: `{"model":"pump","x":"${"x".repeat(huge)}"}`,
    };
    for (const [what, manifest] of Object.entries(manifests)) {
      await plant(folder, { manifest });
      await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_MANIFEST_UNREADABLE" }, what);
      assert.deepEqual((await registry.list())[0].damaged, ["pump@1"], what);
    }
  }));

test("braces in texts are no depth", () =>
  inRegistry(async ({ registry, folder }) => {
    const manifest = { model: "pump", note: `"\\${"[{".repeat(500)}\\"` };
    await plant(folder, { manifest: JSON.stringify(manifest) });
    assert.deepEqual((await registry.readVersion("pump", 1)).manifest, manifest);
  }));

test("keys of the prototype are keys like others in manifests, claims and entries, and reach no prototype", () =>
  inRegistry(async ({ registry, folder }) => {
    const manifest = '{"model":"pump","__proto__":{"scorer":1},"constructor":{"prototype":{"polluted":1}}}';
    await plant(folder, { manifest, claim: '{"__proto__":{"sums":"x"},"constructor":1}' });
    const read = (await registry.readVersion("pump", 1)).manifest;
    assert.deepEqual(Object.keys(read), ["model", "__proto__", "constructor"]);
    assert.equal(read["scorer"], undefined);
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
    assert.equal((await registry.verify("pump", 1)).passed, false);
    await registry.publish({ model: "gear", files: new Map(), manifest: JSON.parse(manifest), now });
    assert.equal(JSON.stringify((await registry.readVersion("gear", 1)).manifest).includes("__proto__"), true);
    await mkdir(join(folder, "pump", "aliases", "production"), { recursive: true });
    const entry = '{"__proto__":{"to":1},"from":null,"when":"","who":"","why":""}';
    await writeFile(join(folder, "pump", "aliases", "production", "1.json"), entry);
    await assert.rejects(registry.resolve("pump@production"), { code: "REGISTRY_ALIAS_UNREADABLE" });
  }));

test("names of the prototype are names like others, where they are names at all", () =>
  inRegistry(async ({ registry, folder }) => {
    const publish = (model: string) => registry.publish({ model, files: filesOf("x"), manifest: {}, now });
    for (const name of ["__proto__", "toString", "hasOwnProperty", "__defineGetter__"]) {
      await assert.rejects(publish(name), { code: "REGISTRY_NAME" }, name);
      await assert.rejects(registry.resolve(`pump@${name}`), { code: "REGISTRY_NAME" }, name);
      await mkdir(join(folder, name, "1"), { recursive: true });
      await writeFile(join(folder, name, "1", "manifest.json"), "{}");
    }
    assert.deepEqual(await registry.list(), []);
    await publish("constructor");
    await assert.rejects(registry.resolve("constructor@constructor"), { code: "REGISTRY_ALIAS_UNKNOWN" });
    await registry.moveAlias({ ...move, model: "constructor", alias: "constructor", to: 1 });
    assert.deepEqual(await registry.list(), [
      { model: "constructor", versions: [1], aliases: { constructor: 1 }, damaged: [] },
    ]);
  }));

test("references that are paths are refused before anything is opened", () =>
  inRegistry(async ({ registry }) => {
    const hostile = [
      "../pump",
      "pump/1",
      "pump@../1",
      "pump@1/..",
      "..@1",
      "pump@",
      "@1",
      "az://x/y",
      "pump@1@2",
      "pump\0",
    ];
    for (const reference of [...hostile, "p".repeat(1_000_000), "pump@-1", "pump@０", "pump@1\n"]) {
      await assert.rejects(
        registry.resolve(reference),
        (error) => error instanceof ForewarnError && error.code === "REGISTRY_NAME" && error.message.length < 500,
        reference.slice(0, 20),
      );
    }
  }));

test("files to publish whose names clash with the registry's, with one another, or are no text, are refused; nothing is claimed", () =>
  inRegistry(async ({ registry, folder }) => {
    const sets = {
      "below the manifest": ["manifest.json/x"],
      "below the claim": ["claim/x"],
      "below the sums": ["SHA256SUMS/a/b"],
      "a file and its folder": ["a", "a/b"],
      "a folder and its file": ["a/b/c", "a/b"],
      "half a character": ["\ud800"],
    };
    for (const [what, names] of Object.entries(sets)) {
      const files = new Map(names.map((name) => [name, bytesOf("x")]));
      await assert.rejects(
        registry.publish({ model: "pump", files, manifest: {}, now }),
        { code: "REGISTRY_FILES" },
        what,
      );
    }
    assert.deepEqual(await readdir(folder), []);
    const files = new Map(["__proto__", "constructor", " a  b ", "é", "😀/x"].map((name) => [name, bytesOf(name)]));
    const { version } = await registry.publish({ model: "pump", files, manifest: {}, now });
    assert.deepEqual((await registry.readVersion("pump", version)).files, files);
    assert.ok((await registry.verify("pump", version)).passed);
  }));

test("a store that takes two names for one burns a few numbers and says so, not numbers without end", () =>
  inRegistry(async ({ registry, folder }) => {
    const store = folderStore(folder);
    const folding = openRegistry({
      ...store,
      read: (path) => store.read(path.toLowerCase()),
      createIfAbsent: (path, content) => store.createIfAbsent(path.toLowerCase(), content),
    });
    const files = new Map(["A", "a"].map((name) => [name, bytesOf(`content of ${name}`)]));
    await assert.rejects(folding.publish({ model: "pump", files, manifest: {}, now }), {
      code: "REGISTRY_NUMBER_SPOILT",
    });
    assert.deepEqual(await registry.list(), []);
    assert.equal((await registry.publish({ model: "pump", files: filesOf("x"), manifest: {}, now })).version, 4);
  }));

test("a version's folder copied or renamed is another's wherever it lies, and refused", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await cp(join(folder, "pump", "1"), join(folder, "gear", "1"), { recursive: true });
    await cp(join(folder, "pump", "1"), join(folder, "pump", "7"), { recursive: true });
    for (const [model, version] of [
      ["gear", 1],
      ["pump", 7],
    ] as const) {
      const misplaced = { code: "REGISTRY_MISPLACED", message: /expected \w+@\d, found pump@1/ };
      await assert.rejects(registry.readVersion(model, version), misplaced, model);
      const { passed, files } = await registry.verify(model, version);
      assert.equal(passed, false);
      assert.ok(files.some(({ path, state }) => path === "claim" && state === "misplaced"));
    }
    assert.deepEqual(
      (await registry.list()).flatMap(({ damaged }) => damaged),
      ["gear@1", "pump@7"],
    );
    assert.deepEqual([(await publish("one")).version, (await publish("two")).version], [1, 8]);
    await rename(join(folder, "pump", "8"), join(folder, "pump", "9"));
    await assert.rejects(registry.readVersion("pump", 9), { code: "REGISTRY_MISPLACED" });
  }));

test("a manifest of another model is refused, also when claim and sums were made for it", () =>
  inRegistry(async ({ registry, folder }) => {
    for (const manifest of ['{"model":"gear"}', "{}", '{"model":["pump"]}', '{"model":null}']) {
      await plant(folder, { manifest });
      await assert.rejects(registry.readVersion("pump", 1), { code: "REGISTRY_MISPLACED" }, manifest);
      const { files } = await registry.verify("pump", 1);
      assert.ok(
        files.some(({ path, state }) => path === "manifest.json" && state === "misplaced"),
        manifest,
      );
    }
  }));

test("a list of sums that is wrong, endless or no list is refused, and opens nothing elsewhere", () =>
  inRegistry(async ({ registry, folder }) => {
    const sum = sha256("{}");
    const lists = {
      REGISTRY_SUMS_UNREADABLE: [
        "",
        "\n",
        "rubbish",
        `${sum} model.json\n`,
        `${sum}  model.json`,
        `${sum}  model.json\r\n`,
        `${sum.toUpperCase()}  model.json\n`,
        `${sum}  model.json\n${sum}  model.json\n`,
        "\0".repeat(1000),
        `${sum}  ${"x".repeat(huge)}\n`,
      ],
      REGISTRY_SUM_MISMATCH: [
        `${"0".repeat(64)}  model.json\n`,
        `${sum}  ../../pump/1/model.json\n`,
        `${sum}  /etc/hostname\n`,
        `${sum}  ./model.json\n`,
        `${sum}  __proto__\n`,
      ],
    };
    for (const [code, texts] of Object.entries(lists)) {
      for (const sums of texts) {
        await plant(folder, { sums });
        await assert.rejects(registry.readVersion("pump", 1), { code }, JSON.stringify(sums.slice(0, 100)));
        assert.deepEqual((await registry.list())[0].damaged, ["pump@1"], JSON.stringify(sums.slice(0, 100)));
      }
    }
  }));

test("a claim that is rubbish, endless or another's tells on its version", () =>
  inRegistry(async ({ registry, folder }) => {
    const sums = JSON.stringify("0".repeat(64));
    const claims = ["", "null", "[]", "{}", '{"sums":1}', deep('{"sums":', "}"), "x".repeat(huge), `{"sums":${sums}}`];
    for (const claim of claims) {
      await plant(folder, { claim });
      assert.equal((await registry.verify("pump", 1)).passed, false, claim.slice(0, 40));
    }
  }));

test("entries of an alias that are rubbish are refused; what only looks like an entry is none", () =>
  inRegistry(async ({ registry, folder, publish }) => {
    await publish("one");
    await registry.moveAlias({ ...move, to: 1 });
    const entries = join(folder, "pump", "aliases", "production");
    const entry = (to: string) => `{"from":1,"to":${to},"when":"","who":"","why":""}`;
    for (const text of ["-1", "0", "1.5", "1e999", '"1"', "[1]", "null", "9007199254740993", deep("[", "]")]) {
      await writeFile(join(entries, "2.json"), entry(text));
      await assert.rejects(
        registry.resolve("pump@production"),
        { code: "REGISTRY_ALIAS_UNREADABLE" },
        text.slice(0, 20),
      );
      await assert.rejects(registry.rollback(move), { code: "REGISTRY_ALIAS_UNREADABLE" }, text.slice(0, 20));
    }
    await writeFile(join(entries, "2.json"), entry("2"));
    await assert.rejects(registry.resolve("pump@production"), { code: "REGISTRY_VERSION_UNKNOWN" });
    await rm(join(entries, "2.json"));
    for (const name of ["0.json", "02.json", "2", "2.JSON", "-2.json", "2.json.json", "1000000000.json", "x/2.json"]) {
      await mkdir(join(entries, name, ".."), { recursive: true });
      await writeFile(join(entries, name), "rubbish");
    }
    assert.equal((await registry.resolve("pump@production")).version, 1);
    await writeFile(join(entries, "999999999.json"), entry("1"));
    await publish("two");
    await assert.rejects(registry.moveAlias({ ...move, to: 2 }), { code: "REGISTRY_NUMBERS_USED_UP" });
  }));
