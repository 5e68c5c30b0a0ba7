import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import * as nodeTest from "node:test";
import { inspect } from "node:util";
import { ForewarnError } from "../../src/core/errors.ts";
import { openStore } from "../../src/stores/open-store.ts";
import type { Store } from "../../src/stores/store.ts";
import { ACCOUNT, type Azurite, startAzurite, withoutAzurite } from "./support/azurite.ts";
import { type Fault, startProxy } from "./support/breaking-proxy.ts";
import { bytes, quickRetry, text } from "./support/in-container.ts";

const { test } = nodeTest;

/** The error, in which no part of any secret may be. */
async function refusal(action: Promise<unknown>, ...secrets: string[]): Promise<ForewarnError> {
  const error = await action.then(
    () => assert.fail("it was not refused"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ForewarnError, String(error));
  const all = [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack,
    inspect(error.cause),
  ].join();
  for (const secret of secrets) assert.ok(!all.includes(secret), all);
  return error;
}

if (withoutAzurite) test("blob storage that refuses", { skip: withoutAzurite });
else await suite(await startAzurite(nodeTest));

async function suite(azurite: Azurite) {
  const proxy = await startProxy(nodeTest, azurite.port);
  const { name, place } = await azurite.container();
  await azurite.service.getContainerClient(name).getBlockBlobClient("d/file").upload("content", 7);
  const open = (environment: Record<string, string>) => openStore(`${place}/d`, { environment, retry: quickRetry() });
  const withSas = (sas: string) =>
    open({ AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_BLOB_ENDPOINT: azurite.endpoint });
  const signature = (sas: string) => new URLSearchParams(sas).get("sig") ?? "";
  const operations: Record<string, (store: Store) => Promise<unknown>> = {
    list: (store) => store.list(""),
    read: (store) => store.read("file"),
    look: (store) => store.files("file"),
    create: (store) => store.createIfAbsent("new", bytes("x")),
    replace: (store) => store.replace("new", "x"),
  };

  test("a SAS with the rights that docs/blob-storage.md names is enough, with and without its question mark", async () => {
    const store = await withSas(`?${azurite.sas(name, "rcwl")}`);
    assert.deepEqual(await store.list(""), ["file"]);
    assert.equal(text(await store.read("file")), "content");
    assert.equal(await store.createIfAbsent("claim", bytes("x")), true);
    assert.equal(await store.createIfAbsent("claim", bytes("x")), false);
    await store.append("log", "a\n");
    await store.replace("claim", "y");
    const reader = await withSas(azurite.sas(name, "rl"));
    assert.deepEqual(await reader.list(""), ["claim", "file", "log"]);
  });

  for (const [operation, run] of Object.entries(operations)) {
    test(`to ${operation} with a SAS that has expired is refused at the first try, and the error says when it ended`, async () => {
      const sas = azurite.sas(name, "rcwl", { from: -60, to: -30 });
      const error = await refusal(run(await withSas(sas)), signature(sas), encodeURIComponent(signature(sas)));
      assert.equal(error.code, "SERVICE_BLOB_AUTHENTICATION");
      assert.match(error.details.hint ?? "", /^the SAS in AZURE_STORAGE_SAS_TOKEN ended at 20\d\d-.*: get a new one$/);
      assert.doesNotMatch(error.message, /tries/);
    });

    test(`to ${operation} with a wrong account key is refused`, async () => {
      const key = randomBytes(64).toString("base64");
      const connection = azurite.connection.replace(azurite.key, key);
      const error = await refusal(run(await open({ AZURE_STORAGE_CONNECTION_STRING: connection })), key);
      // Azurite answers AuthorizationFailure where Azure answers AuthenticationFailed.
      assert.equal(error.code, "SERVICE_BLOB_NO_RIGHT", error.message);
      assert.match(error.details.hint ?? "", /^the connection string in AZURE_STORAGE_CONNECTION_STRING is wrong/);
    });

    test(`to ${operation} in a container that is not there is refused`, async () => {
      const store = await openStore(`az://${ACCOUNT}/nowhere/d`, {
        environment: azurite.environment(),
        retry: quickRetry(),
      });
      const error = await refusal(run(store), azurite.key);
      assert.equal(error.code, "SERVICE_BLOB_CONTAINER", error.message);
      assert.match(error.details.where ?? "", /^az:\/\/fleetaccount\/nowhere/);
      assert.equal(error.exitCode, 5);
    });
  }

  const missing = { list: "rcw", create: "rl", replace: "rl", read: "wl", look: "wl" };
  for (const [operation, rights] of Object.entries(missing)) {
    test(`to ${operation} with a SAS that gives only ${rights} is refused, and the error says what is missing`, async () => {
      const sas = azurite.sas(name, rights);
      const error = await refusal(operations[operation](await withSas(sas)), signature(sas));
      assert.equal(error.code, "SERVICE_BLOB_NO_RIGHT");
      assert.match(error.details.found ?? "", /^the answer 403 Authorization\w+/);
      assert.match(
        error.details.hint ?? "",
        /has no right to (read|list|write) there: it takes the role Storage Blob Data/,
      );
    });
  }

  const answers: readonly [status: number, azure: string, code: string][] = [
    [403, "AuthenticationFailed", "SERVICE_BLOB_AUTHENTICATION"],
    [401, "NoAuthenticationInformation", "SERVICE_BLOB_AUTHENTICATION"],
    [403, "AuthorizationPermissionMismatch", "SERVICE_BLOB_NO_RIGHT"],
    [404, "ContainerNotFound", "SERVICE_BLOB_CONTAINER"],
    [409, "ContainerBeingDeleted", "SERVICE_BLOB_CONTAINER"],
    [409, "BlobArchived", "SERVICE_BLOB_ARCHIVED"],
    [409, "LeaseIdMissing", "SERVICE_BLOB_REFUSED"],
    [400, "InvalidHeaderValue", "SERVICE_BLOB_REFUSED"],
  ];
  for (const [status, azure, code] of answers) {
    test(`${status} ${azure} is ${code}, at the first try`, async () => {
      proxy.breaks(() => ({ answer: status, headers: { "x-ms-error-code": azure } }));
      const store = await open(azurite.environment(proxy.endpoint));
      for (const run of Object.values(operations)) {
        proxy.seen.length = 0;
        const error = await refusal(run(store), azurite.key);
        assert.deepEqual([error.code, error.details.found], [code, `the answer ${status} ${azure}`]);
        assert.equal(proxy.seen.length, 1);
        if (azure === "InvalidHeaderValue") assert.match(error.details.hint ?? "", /--skipApiVersionCheck/);
      }
    });
  }

  /** A store over a service that answers every write so. */
  async function answering(status: number, code: string): Promise<Store> {
    proxy.breaks(({ kind }) => (kind === "put" ? { answer: status, headers: { "x-ms-error-code": code } } : undefined));
    return await open(azurite.environment(proxy.endpoint));
  }

  test("a SAS that may create but not write over creates a file once, and to write over it is refused", async () => {
    const store = await answering(403, "UnauthorizedBlobOverwrite");
    assert.equal(await store.createIfAbsent("file", bytes("x")), false);
    for (const write of [() => store.replace("file", "x"), () => store.append("file", "x\n")]) {
      const error = await refusal(write(), azurite.key);
      assert.equal(error.code, "SERVICE_BLOB_NO_RIGHT");
      assert.equal(error.details.found, "the answer 403 UnauthorizedBlobOverwrite");
    }
  });

  test("a file that was created with such a SAS is written, though the answer was lost", async () => {
    const store = await open(azurite.environment(proxy.endpoint));
    const taken: Fault = { answer: 403, headers: { "x-ms-error-code": "UnauthorizedBlobOverwrite" } };
    proxy.breaks(({ kind, before }) => (kind !== "put" ? undefined : before === 0 ? { reset: "after" } : taken));
    await store.replace("created without an answer", "x");
    assert.equal(text(await store.read("created without an answer")), "x");
  });

  test("a blob that somebody holds a lease on is there; to write over it is refused, and it keeps its content", async () => {
    const blob = azurite.service.getContainerClient(name).getBlockBlobClient("d/leased");
    await blob.upload("old", 3);
    await blob.getBlobLeaseClient().acquireLease(-1);
    const store = await open(azurite.environment());
    assert.equal(await store.createIfAbsent("leased", bytes("new")), false);
    const large = new Uint8Array(9_000_000);
    const writes = {
      whole: () => store.replace("leased", "new"),
      blocks: () => store.replace("leased", large),
      lines: () => store.append("leased", "x"),
    };
    for (const write of Object.values(writes)) {
      const error = await refusal(write(), azurite.key);
      assert.equal(error.code, "SERVICE_BLOB_REFUSED");
      assert.match(error.details.found ?? "", /^the answer 412 Lease/);
      assert.match(error.details.hint ?? "", /^somebody holds a lease/);
    }
    assert.equal(text(await store.read("leased")), "old");
    assert.equal(await (await answering(412, "LeaseIdMissing")).createIfAbsent("leased", bytes("new")), false);
  });

  test("a condition that was not asked for does not hide that nothing was written", async () => {
    const store = await answering(412, "ConditionNotMet");
    assert.equal((await refusal(store.replace("file", "x"), azurite.key)).code, "SERVICE_BLOB_REFUSED");
    assert.equal(await store.createIfAbsent("file", bytes("x")), false);
    const other = await answering(412, "SequenceNumberConditionNotMet");
    assert.equal((await refusal(other.createIfAbsent("file", bytes("x")), azurite.key)).code, "SERVICE_BLOB_REFUSED");
  });

  test("what a refusing service says of the request is not repeated", async () => {
    const echo = `<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Authorization: SharedKey ${azurite.key}</Message><AuthenticationErrorDetail>${azurite.key}</AuthenticationErrorDetail></Error>`;
    proxy.breaks(() => ({ answer: 403, headers: { "x-ms-error-code": `Nonsense ${azurite.key}` }, body: echo }));
    const store = await open(azurite.environment(proxy.endpoint));
    await refusal(store.read("file"), azurite.key);
    await refusal(store.list(""), azurite.key);
  });

  test("a service that is not there is told as such, with its name left to look at", async () => {
    const nobody = azurite.environment("http://127.0.0.1:9/fleetaccount");
    const error = await refusal((await open(nobody)).list(""), azurite.key);
    assert.equal(error.code, "SERVICE_BLOB_UNREACHABLE");
    assert.match(error.details.found ?? "", /\(ECONNREFUSED\), the last of 8 tries/);
  });
}
