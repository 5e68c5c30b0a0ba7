import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as nodeTest from "node:test";
import { inspect } from "node:util";
import { openStore } from "../../src/stores/open-store.ts";
import { startAzurite, withoutAzurite } from "./support/azurite.ts";
import { startIdentity } from "./support/identity.ts";
import { bytes, quickRetry, text } from "./support/in-container.ts";

const { after, test } = nodeTest;
const folder = mkdtempSync(join(tmpdir(), "forewarn-identity-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const openssl = "openssl";

/** A certificate for this machine, by the openssl command; undefined where there is none. */
function makeCertificate(): { cert: string; key: string } | undefined {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    const made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-out", cert, "-keyout", key];
    execFileSync(openssl, ["req", "-x509", ...made, ...subject], { stdio: "ignore" });
    return { cert, key };
  } catch {
    return undefined;
  }
}

const certificate = withoutAzurite ? undefined : makeCertificate();
const skip =
  withoutAzurite || (certificate === undefined ? "there is no openssl command to make a certificate with" : false);

if (skip) test("an identity in place of a key", { skip });
else await suite();

async function suite() {
  // Only this test's own emulator is spoken to.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  const azurite = await startAzurite(nodeTest, { certificate });
  const identity = await startIdentity(nodeTest);
  Object.assign(process.env, identity.environment);
  const { place } = await azurite.container();
  const environment = { AZURE_STORAGE_BLOB_ENDPOINT: azurite.endpoint };

  test("an identity service that refuses is told as a missing credential, without a token or a header", async () => {
    identity.refuses = true;
    const store = await openStore(place, { environment, retry: quickRetry() });
    await assert.rejects(store.list(""), (error) => {
      assert.equal((error as { code: string }).code, "SERVICE_BLOB_CREDENTIALS", String(error));
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes("c2VjcmV0"));
      return true;
    });
  });

  test("without a connection string and a SAS, DefaultAzureCredential gives the token, once for many requests", async () => {
    identity.refuses = false;
    const store = await openStore(place, { environment, retry: quickRetry() });
    assert.equal(await store.createIfAbsent("a", bytes("x")), true);
    assert.equal(text(await store.read("a")), "x");
    assert.deepEqual(await store.list(""), ["a"]);
    assert.equal(identity.tokens.length, 1);
  });
}
