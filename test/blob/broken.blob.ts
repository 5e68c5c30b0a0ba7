import assert from "node:assert/strict";
import * as nodeTest from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { openStore } from "../../src/stores/open-store.ts";
import type { Store } from "../../src/stores/store.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { type Asked, type Fault, startProxy } from "./support/breaking-proxy.ts";
import { bytes, quickRetry, text } from "./support/in-container.ts";

const { test } = nodeTest;
const TRIES = 8;

if (withoutAzurite) test("blob storage that breaks", { skip: withoutAzurite });
else await suite();

async function suite() {
  const azurite = await startAzurite(nodeTest);
  const proxy = await startProxy(nodeTest, azurite.port);
  const large = new Uint8Array(9_000_001).map((_, i) => (i * 7919) % 251);

  /** A store behind the proxy, over a container that holds some files; waits are only noted. */
  async function behind(more: { pageSize?: number; idleMillis?: number; deadlineMillis?: number } = {}) {
    proxy.breaks(() => undefined);
    const { name, place } = await azurite.container();
    const container = azurite.service.getContainerClient(name);
    for (let i = 0; i < 12; i++) await container.getBlockBlobClient(`d/list/${i}`).upload("x", 1);
    await container.getBlockBlobClient("d/file").upload("0123456789".repeat(20_000), 200_000);
    const waits: number[] = [];
    const { pageSize, ...times } = more;
    const store = await openStore(`${place}/d`, {
      environment: azurite.environment(proxy.endpoint),
      retry: { ...quickRetry(waits), ...times },
      pageSize,
    });
    const direct = await openStore(`${place}/d`, { environment: azurite.environment() });
    const [{ etag }] = await direct.files("file");
    return { store, direct, container, waits, etag, place: `${place}/d` };
  }

  interface Operation {
    kind: Asked["kind"];
    run(store: Store, etag: string): Promise<unknown>;
    gives: unknown;
  }
  const wholeFile = "0123456789".repeat(20_000);
  const operations: Record<string, Operation> = {
    list: {
      kind: "list",
      run: (store) => store.list("list"),
      gives: Array.from({ length: 12 }, (_, i) => `list/${i}`).sort(),
    },
    read: { kind: "get", run: async (store) => text(await store.read("file")), gives: wholeFile },
    "read a range of": {
      kind: "get",
      run: async (store, etag) => text(await store.readRange("file", { offset: 5, bytes: 150_000, etag })),
      gives: wholeFile.slice(5, 150_005),
    },
    "look at": { kind: "head", run: async (store) => (await store.files("file"))[0].bytes, gives: 200_000 },
    create: { kind: "put", run: (store) => store.createIfAbsent("new", bytes("x".repeat(1000))), gives: true },
    replace: { kind: "put", run: (store) => store.replace("file", "y"), gives: undefined },
    "stage blocks of": { kind: "block", run: (store) => store.createIfAbsent("large", large), gives: true },
    "commit blocks of": { kind: "commit", run: (store) => store.createIfAbsent("large", large), gives: true },
    "add lines to": { kind: "put", run: (store) => store.append("log", "a line\n"), gives: undefined },
  };
  const busy = (status: number): Fault => ({ answer: status, headers: { "x-ms-error-code": "ServerBusy" } });
  const faults: Record<string, Fault> = {
    "429": busy(429),
    "500": busy(500),
    "503": busy(503),
    "a connection that breaks before the request": { reset: "before" },
    "an answer that is lost": { reset: "after" },
    "an answer of another server": { answer: 502, body: "<html>bad gateway</html>" },
  };

  for (const [name, { kind, run, gives }] of Object.entries(operations)) {
    for (const [what, fault] of Object.entries(faults)) {
      test(`to ${name} blobs goes on after ${what}, twice`, async () => {
        const { store, etag } = await behind();
        proxy.breaks((asked) => (asked.kind === kind && asked.before < 2 ? fault : undefined));
        assert.deepEqual(await run(store, etag), gives);
      });
    }

    test(`to ${name} blobs that never answer well ends in one clear error after ${TRIES} tries`, async () => {
      const { store, etag, waits } = await behind();
      proxy.breaks((asked) => (asked.kind === kind ? faults["503"] : undefined));
      await assert.rejects(run(store, etag), (error) => {
        assert.ok(error instanceof ForewarnError);
        assert.equal(error.code, "SERVICE_BLOB_UNAVAILABLE");
        assert.match(error.details.found ?? "", /^the answer 503 ServerBusy, the last of 8 tries in \d+ s$/);
        assert.match(error.details.where ?? "", /^az:\/\/fleetaccount\/c[^?]*$/);
        return true;
      });
      const most = kind === "block" ? 3 * TRIES : TRIES;
      assert.ok(proxy.seen.filter((asked) => asked.kind === kind).length <= most);
      if (kind !== "block") assert.deepEqual(waits, [375, 750, 1500, 3000, 6000, 12_000, 15_000]);
    });
  }

  for (const [name, body] of Object.entries({
    "breaks within": "broken",
    "ends before its end": "short",
  } as const)) {
    for (const operation of ["read", "read a range of"]) {
      test(`to ${operation} a blob whose body ${name} goes on where it stopped`, async () => {
        const { store, etag } = await behind();
        proxy.breaks(({ kind, before }) => (kind === "get" && before < 3 ? { body, after: 40_000 } : undefined));
        assert.equal(await operations[operation].run(store, etag), operations[operation].gives);
        const first = operation === "read" ? 0 : 5;
        const starts = proxy.seen.map(({ from }) => from);
        assert.equal(starts.length, 4);
        assert.equal(starts[0], first);
        assert.ok(
          starts.every((start, i) => i === 0 || (start > starts[i - 1] && start <= first + i * 40_000)),
          String(starts),
        );
      });
    }

    test(`a body that always ${name} ends in an error, and no part of it is given`, async () => {
      const { store, etag } = await behind();
      proxy.breaks(({ kind }) => (kind === "get" ? { body, after: 10 } : undefined));
      const range = { offset: 0, bytes: 200_000, etag };
      await assert.rejects(store.readRange("file", range), { code: "SERVICE_BLOB_UNREACHABLE", message: /8 tries/ });
      assert.equal(proxy.seen.length, TRIES);
    });
  }

  test("a body that stops is given up after a while, and gone on with", async () => {
    const { store } = await behind({ idleMillis: 1000 });
    proxy.breaks(({ before }) => (before < 2 ? { body: "stopped", after: 50_000 } : undefined));
    assert.equal(text(await store.read("file")), wholeFile);
  });

  test("a service that stops, or takes a request and says nothing, is given up, try by try", async () => {
    const { store } = await behind({ idleMillis: 60 });
    const silent: Fault[] = [{ silent: true }, { body: "stopped", after: 0 }];
    for (const fault of silent) {
      for (const name of ["list", "read", "look at", "replace"]) {
        proxy.breaks(() => fault);
        // A head has no body that could stop.
        if ("body" in fault && ["look at", "replace"].includes(name)) continue;
        await assert.rejects(operations[name].run(store, ""), {
          code: "SERVICE_BLOB_UNREACHABLE",
          message: /found no answer, or one that stopped, the last of 8 tries/,
        });
      }
    }
  });

  test("a body that drips without end is given up at the deadline", async () => {
    const { store } = await behind({ idleMillis: 60_000, deadlineMillis: 500 });
    proxy.breaks(() => ({ body: "slow", bytes: 100 }));
    await assert.rejects(store.read("file"), { code: "SERVICE_BLOB_UNREACHABLE" });
    assert.ok(proxy.seen.length <= 1);
  });

  test("a whole blob in place of a range is not taken for the range", async () => {
    const { place, container, etag } = await behind();
    // With a SAS, since a key signs the very header that the proxy drops.
    const token = { AZURE_STORAGE_SAS_TOKEN: azurite.sas(container.containerName, "r") };
    const environment = { ...token, AZURE_STORAGE_BLOB_ENDPOINT: proxy.endpoint };
    const store = await openStore(place, { environment, retry: quickRetry() });
    const range = { offset: 5, bytes: 20, etag };
    proxy.breaks(({ before }) => (before < 2 ? { whole: true } : undefined));
    assert.equal(text(await store.readRange("file", range)), wholeFile.slice(5, 25));
    proxy.breaks(() => ({ whole: true }));
    await assert.rejects(store.readRange("file", range), { code: "SERVICE_BLOB_ANSWER" });
  });

  test("a body that comes slowly but steadily comes whole, in one try", async () => {
    const { store } = await behind({ idleMillis: 5000 });
    proxy.breaks(() => ({ body: "slow", bytes: 10_000 }));
    assert.equal(text(await store.read("file")), wholeFile);
    assert.equal(proxy.seen.length, 1);
  });

  test("all tries together end at the deadline", async () => {
    const { store } = await behind({ idleMillis: 60_000, deadlineMillis: 400 });
    proxy.breaks(() => ({ body: "stopped", after: 10 }));
    await assert.rejects(store.read("file"), { code: "SERVICE_BLOB_UNREACHABLE" });
    assert.ok(proxy.seen.length <= 1);
  });

  test("the wait that the service asks for is kept; one beyond the deadline is not begun", async () => {
    const { store, waits } = await behind();
    const ask = (seconds: string): Fault => ({ answer: 429, headers: { "retry-after": seconds } });
    proxy.breaks(({ before }) => (before === 0 ? ask("7") : undefined));
    assert.equal(text(await store.read("file")), wholeFile);
    assert.deepEqual(waits, [7375]);
    proxy.breaks(() => ask("3600"));
    await assert.rejects(store.read("file"), { code: "SERVICE_BLOB_UNAVAILABLE", message: /asks to wait 3600 s/ });
    assert.deepEqual(waits, [7375]);
  });

  test("a blob that changes while a range of it is read is DATA_CHANGED, also after its body broke", async () => {
    const { store, container, etag } = await behind();
    const change = () => container.getBlockBlobClient("d/file").upload("z".repeat(200_000), 200_000);
    proxy.breaks(({ before }) => (before === 0 ? { body: "broken", after: 40_000 } : { first: change }));
    const range = { offset: 0, bytes: 200_000, etag };
    await assert.rejects(store.readRange("file", range), { code: "DATA_CHANGED" });
    await assert.rejects(store.readRange("file", range), { code: "DATA_CHANGED" });
  });

  test("a blob that is replaced while it is read whole gives its new content, never parts of both", async () => {
    const { store, container } = await behind();
    const change = () => container.getBlockBlobClient("d/file").upload("z".repeat(150_000), 150_000);
    proxy.breaks(({ before }) =>
      before === 0 ? { body: "broken", after: 40_000 } : before === 1 ? { first: change } : undefined,
    );
    assert.equal(text(await store.read("file")), "z".repeat(150_000));
  });

  test("bytes that do not have their MD5 are fetched again, and never given", async () => {
    const { store, etag } = await behind();
    const range = { offset: 3, bytes: 1000, etag };
    proxy.breaks(({ before }) => (before < 2 ? { body: "spoilt" } : undefined));
    assert.equal(text(await store.readRange("file", range)), wholeFile.slice(3, 1003));
    proxy.breaks(() => ({ body: "spoilt" }));
    await assert.rejects(store.readRange("file", range), { code: "SERVICE_BLOB_DAMAGED" });
    await assert.rejects(store.read("file"), { code: "SERVICE_BLOB_DAMAGED" });
  });

  test("a listing that cannot be read is asked for again, then refused; one that goes round in a circle too", async () => {
    const { store } = await behind({ pageSize: 5 });
    const garbage: Fault[] = [
      { answer: 200, body: "<EnumerationResults><Blobs><Blob><Na" },
      { answer: 200, body: "not XML at all" },
      { answer: 200, body: "<html><body>Please sign in</body></html>" },
      { answer: 200, body: "" },
    ];
    for (const fault of garbage) {
      proxy.breaks(({ before }) => (before < 2 ? fault : undefined));
      assert.equal((await store.list("list")).length, 12);
      proxy.breaks(() => fault);
      await assert.rejects(store.list("list"), { code: "SERVICE_BLOB_ANSWER" }, JSON.stringify(fault));
      assert.equal(proxy.seen.length, TRIES);
    }
    const circle = `<?xml version="1.0"?><EnumerationResults ServiceEndpoint="x" ContainerName="c"><Blobs></Blobs><NextMarker>again</NextMarker></EnumerationResults>`;
    proxy.breaks(() => ({ answer: 200, headers: { "content-type": "application/xml" }, body: circle }));
    await assert.rejects(store.list("list"), { code: "SERVICE_BLOB_ANSWER" });
  });

  test("a create whose answer was lost is ours; one that somebody else made meanwhile is not, even with the same content", async () => {
    const { store, direct } = await behind();
    proxy.breaks(({ kind, before }) => (kind === "put" && before === 0 ? { reset: "after" } : undefined));
    assert.equal(await store.createIfAbsent("claim", bytes("same")), true);
    const other = { first: () => direct.createIfAbsent("claim2", bytes("same")) };
    proxy.breaks(({ kind, before }) =>
      kind === "put" && before === 0 ? { reset: "before" } : kind === "put" && before === 1 ? other : undefined,
    );
    assert.equal(await store.createIfAbsent("claim2", bytes("same")), false);
  });

  test("lines whose answer was lost are there once", async () => {
    const { store, direct } = await behind();
    proxy.breaks(({ kind, before }) => (kind === "put" && before < 2 ? { reset: "after" } : undefined));
    await store.append("log", "one\n");
    await store.append("log", "two\n");
    assert.equal(text(await direct.read("log")), "one\ntwo\n");
  });

  test("lines whose answer was lost are there once, also when another writer added theirs before the next try", async () => {
    const { store, direct } = await behind();
    for (const log of ["new", "log"]) {
      if (log === "log") await direct.append(log, "one\n");
      const other = { first: () => direct.append(log, "theirs\n") };
      const puts: (Fault | undefined)[] = [{ reset: "after" }, other];
      proxy.breaks(({ kind, before }) => (kind === "put" ? puts[before] : undefined));
      await store.append(log, "ours\n");
    }
    assert.equal(text(await direct.read("new")), "ours\ntheirs\n");
    assert.equal(text(await direct.read("log")), "one\nours\ntheirs\n");
  });

  test("lines that did not come through are added, also after the same lines of another writer", async () => {
    const { store, direct } = await behind();
    const same = { first: () => direct.append("log", "same\n") };
    proxy.breaks(({ kind, before }) => (kind === "put" && before === 0 ? same : undefined));
    await store.append("log", "same\n");
    assert.equal(text(await direct.read("log")), "same\nsame\n");
    const longer = { first: () => direct.append("log", "a longer line of another\n") };
    const puts: (Fault | undefined)[] = [{ reset: "before" }, longer];
    proxy.breaks(({ kind, before }) => (kind === "put" ? puts[before] : undefined));
    await store.append("log", "ours\n");
    assert.equal(text(await direct.read("log")), "same\nsame\na longer line of another\nours\n");
  });

  test("blocks that another writer's commit dropped are staged again", async () => {
    const { store, direct } = await behind();
    const other = () => direct.replace("large", "somebody else's");
    proxy.breaks(({ kind, before }) => (kind === "commit" && before === 0 ? { first: other } : undefined));
    await store.replace("large", large);
    assert.equal(Buffer.compare((await direct.read("large")) as Uint8Array, large), 0);
    proxy.breaks(({ kind, before }) => (kind === "commit" && before === 0 ? { first: other } : undefined));
    assert.equal(await store.createIfAbsent("large", large), false);
  });
}
