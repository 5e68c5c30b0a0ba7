/** What every store promises, as tests to run against each kind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../../src/stores/store.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);

/** @param open gives a new, empty store */
export function storeContract(kind: "folder" | "container", open: () => Promise<Store>): void {
  test(`${kind}: a file is created once, and the second creation changes nothing, even with the same content`, async () => {
    const store = await open();
    assert.equal(await store.createIfAbsent("a/claim", bytes("first")), true);
    assert.equal(await store.createIfAbsent("a/claim", bytes("first")), false);
    assert.equal(await store.createIfAbsent("a/claim", bytes("second")), false);
    assert.equal(text(await store.read("a/claim")), "first");
  });

  test(`${kind}: of twenty callers that create one file with the same content, one is told that it did`, async () => {
    const store = await open();
    const told = await Promise.all(Array.from({ length: 20 }, () => store.createIfAbsent("claim", bytes("same"))));
    assert.equal(told.filter(Boolean).length, 1);
  });

  test(`${kind}: what is not there reads as undefined and lists as nothing`, async () => {
    const store = await open();
    assert.equal(await store.read("a"), undefined);
    assert.deepEqual([await store.list(""), await store.list("a"), await store.files("a")], [[], [], []]);
    await store.createIfAbsent("a", bytes("x"));
    assert.equal(await store.read("a/b"), undefined);
    assert.deepEqual(await store.list("a"), []);
  });

  test(`${kind}: files are listed below a folder, by bytes; folders that begin alike are not, nor files half-written`, async () => {
    const store = await open();
    const names = ["m/2/z", "m/10/a", "m/2/A", "m2/1/a", "é/x", "sp ace/50%2Fa?#&+.txt"];
    for (const path of names) await store.createIfAbsent(path, bytes(path));
    assert.deepEqual(await store.list("m"), ["m/10/a", "m/2/A", "m/2/z"]);
    assert.deepEqual(await store.list(""), ["m/10/a", "m/2/A", "m/2/z", "m2/1/a", names[5], "é/x"]);
    for (const path of names) assert.equal(text(await store.read(path)), path);
    assert.deepEqual(await store.leftovers(""), []);
  });

  test(`${kind}: names that leave the store, or mean different files in different stores, are refused`, async () => {
    const store = await open();
    for (const path of ["../a", "a/../../b", "/a", "a//b", "a/", "", ".", "a/./b", "a\\b", "a\0b", "C:/x", ".tmp-x"]) {
      const calls = [store.read, store.createIfAbsent, store.replace, store.append, store.readRange] as const;
      for (const call of calls) {
        const range = { offset: 0, bytes: 1, etag: "x" } as never;
        if (path === "C:/x" && call === store.readRange && kind === "container") continue;
        await assert.rejects(call(path, range), { code: /^(USAGE_STORE_PATH|DATA_CHANGED)$/ }, JSON.stringify(path));
      }
    }
    assert.deepEqual(await store.list(""), []);
  });

  test(`${kind}: a file is replaced whole, and its size and ETag tell`, async () => {
    const store = await open();
    await store.replace("r", "a longer first content");
    const [before] = await store.files("r");
    await store.replace("r", bytes("short"));
    const [now] = await store.files("");
    assert.equal(text(await store.read("r")), "short");
    assert.deepEqual([before.bytes, now.bytes], [22, 5]);
    assert.notEqual(now.etag, before.etag);
    assert.deepEqual(await store.files("r"), [now]);
  });

  test(`${kind}: a range is read of the content that was listed, and of no other`, async () => {
    const store = await open();
    await store.replace("r", "0123456789");
    const [{ etag }] = await store.files("r");
    assert.equal(text(await store.readRange("r", { offset: 3, bytes: 4, etag })), "3456");
    await assert.rejects(store.readRange("r", { offset: 8, bytes: 4, etag }), { code: "DATA_CHANGED" });
    await store.replace("r", "0123456780");
    await assert.rejects(store.readRange("r", { offset: 3, bytes: 4, etag }), { code: "DATA_CHANGED" });
    await assert.rejects(store.readRange("gone", { offset: 3, bytes: 4, etag }), { code: "DATA_CHANGED" });
  });

  test(`${kind}: lines are added at the end`, async () => {
    const store = await open();
    for (const line of ["one\n", "two\n", "three\n"]) await store.append("log.jsonl", line);
    assert.equal(text(await store.read("log.jsonl")), "one\ntwo\nthree\n");
  });

  test(`${kind}: an empty file is a file`, async () => {
    const store = await open();
    assert.equal(await store.createIfAbsent("empty", bytes("")), true);
    assert.equal(await store.createIfAbsent("empty", bytes("")), false);
    assert.deepEqual(await store.read("empty"), new Uint8Array());
    assert.equal((await store.files("empty"))[0].bytes, 0);
  });
}
