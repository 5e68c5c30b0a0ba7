import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { ForewarnError } from "../../src/core/errors.ts";
import { blobAccess, type Environment } from "../../src/stores/blob-access.ts";
import { blobAddress, blobPlace } from "../../src/stores/blob-address.ts";

const key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0";
const sas = "sv=2024-11-04&sr=c&sp=rl&se=2030-01-01T00%3A00%3A00Z&sig=c2lnbmF0dXJl";
const connection = (account: string, more = "EndpointSuffix=core.windows.net") =>
  `DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${key};${more}`;
const access = (environment: Environment, place = "az://fleet/models/a") => blobAccess(blobAddress(place), environment);

async function refused(environment: Environment, place?: string): Promise<ForewarnError> {
  const error: unknown = await access(environment, place).then(
    () => assert.fail("it was not refused"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ForewarnError, String(error));
  assert.ok(![key, "c2lnbmF0dXJl"].some((secret) => inspect(error, { depth: 9 }).includes(secret)), inspect(error));
  return error;
}

test("an address is an account, a container and a path, taken as it is written", () => {
  assert.deepEqual(blobAddress("az://fleet/models/a%20b/c?d*.csv"), {
    account: "fleet",
    container: "models",
    path: "a%20b/c?d*.csv",
  });
  assert.equal(blobPlace(blobAddress("az://fleet/models/a//".slice(0, -1))), "az://fleet/models/a");
  assert.equal(blobPlace(blobAddress("az://fleet/models")), "az://fleet/models");
});

test("a place with a signature, a key or a password in it is refused, and not repeated", () => {
  const secret = "c2lnbmF0dXJl";
  for (const place of [
    `az://fleet/models/a?sv=2024-11-04&sig=${secret}`,
    `az://fleet/models?sp=rl&sig=${secret}`,
    `https://fleet.blob.core.windows.net/models?sv=2024-11-04&sig=${secret}`,
    `az://fleet:${secret}@models/a`,
    `DefaultEndpointsProtocol=https;AccountName=fleet;AccountKey=${secret}`,
    `SharedAccessSignature=${secret}`,
  ]) {
    assert.throws(
      () => blobAddress(place),
      (error) => {
        assert.ok(error instanceof ForewarnError && error.code === "USAGE_STORE_SECRET", String(error));
        assert.ok(!inspect(error).includes(secret));
        assert.match(error.details.hint ?? "", /environment variable AZURE_STORAGE_SAS_TOKEN/);
        return true;
      },
    );
  }
});

test("what is no address is refused, with the address that was likely meant", () => {
  const cases: readonly [place: string, hint: RegExp | undefined][] = [
    ["https://fleet.blob.core.windows.net/models/a", /^write az:\/\/fleet\/models\/a$/],
    ["abfss://models@fleet.dfs.core.windows.net/a/b", /^write az:\/\/fleet\/models\/a\/b$/],
    ["s3://bucket/a", undefined],
    ["file:///data/a", /^write the path itself/],
    ["az://Fleet/models", /3 to 24/],
    ["az://fleet", /3 to 63/],
    ["az://fleet/a--b", /3 to 63/],
    ["az://fleet/models/../other", undefined],
    ["az://fleet/models/a//b", undefined],
    ["az://fleet/models/a\\b", undefined],
  ];
  for (const [place, hint] of cases) {
    assert.throws(
      () => blobAddress(place),
      (error) => {
        assert.ok(error instanceof ForewarnError && error.code === "USAGE_STORE_PLACE", place);
        if (hint !== undefined) assert.match(error.details.hint ?? "", hint);
        return true;
      },
    );
  }
});

test("a connection string comes before a SAS, and a SAS before DefaultAzureCredential", async () => {
  const both = { AZURE_STORAGE_CONNECTION_STRING: connection("fleet"), AZURE_STORAGE_SAS_TOKEN: sas };
  assert.equal((await access(both)).credential, "the connection string in AZURE_STORAGE_CONNECTION_STRING");
  const { credential, expires, container } = await access({ AZURE_STORAGE_SAS_TOKEN: `?${sas}` });
  assert.deepEqual([credential, expires], ["the SAS in AZURE_STORAGE_SAS_TOKEN", "2030-01-01T00:00:00Z"]);
  assert.match(container.url, /^https:\/\/fleet\.blob\.core\.windows\.net\/models\?sv=/);
  assert.equal((await access({ AZURE_STORAGE_CONNECTION_STRING: "" })).credential, "DefaultAzureCredential");
});

test("a variable for one account comes before those for all", async () => {
  const environment = {
    AZURE_STORAGE_CONNECTION_STRING: connection("other"),
    AZURE_STORAGE_SAS_TOKEN_FLEET: sas,
    AZURE_STORAGE_SAS_TOKEN: "sig=x",
  };
  assert.equal((await access(environment)).credential, "the SAS in AZURE_STORAGE_SAS_TOKEN_FLEET");
  assert.match((await access(environment, "az://other/models")).credential, /AZURE_STORAGE_CONNECTION_STRING$/);
});

test("a connection string of another account is refused, and the variable for this account is named", async () => {
  const error = await refused({ AZURE_STORAGE_CONNECTION_STRING: connection("other") });
  assert.equal(error.code, "USAGE_BLOB_ENVIRONMENT");
  assert.equal(error.details.found, "a connection string of the account other");
  assert.match(error.details.hint ?? "", /AZURE_STORAGE_CONNECTION_STRING_FLEET/);
});

test("the endpoint is the account's own, another cloud's, or on this machine; else https is asked for", async () => {
  const at = async (endpoint: string, environment = {}) =>
    (await access({ AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_BLOB_ENDPOINT: endpoint, ...environment })).container
      .url;
  assert.match(
    await at("https://fleet.blob.core.usgovcloudapi.net/"),
    /^https:\/\/fleet\.blob\.core\.usgovcloudapi\.net\/models\?/,
  );
  assert.match(
    await at("https://{account}.blob.core.chinacloudapi.cn"),
    /^https:\/\/fleet\.blob\.core\.chinacloudapi\.cn\/models\?/,
  );
  assert.match(await at("http://127.0.0.1:10000/fleet"), /^http:\/\/127\.0\.0\.1:10000\/fleet\/models\?/);
  const own = { AZURE_STORAGE_BLOB_ENDPOINT_FLEET: "https://blobs.example.com" };
  assert.match(await at("https://{account}.x.net", own), /^https:\/\/blobs\.example\.com\/models\?/);
  for (const endpoint of [
    "http://fleet.blob.core.windows.net",
    "https://other.blob.core.windows.net",
    "fleet",
    `https://fleet.x.net/?${sas}`,
  ]) {
    const error = await refused({ AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_BLOB_ENDPOINT: endpoint });
    assert.equal(error.code, "USAGE_BLOB_ENVIRONMENT", endpoint);
  }
  const unsafe = connection("fleet", "BlobEndpoint=http://fleet.example.com");
  assert.equal((await refused({ AZURE_STORAGE_CONNECTION_STRING: unsafe })).code, "USAGE_BLOB_ENVIRONMENT");
});

test("what is no connection string and no SAS is refused without being repeated", async () => {
  for (const environment of [
    { AZURE_STORAGE_CONNECTION_STRING: `AccountKey=${key}` },
    { AZURE_STORAGE_CONNECTION_STRING: key },
    { AZURE_STORAGE_SAS_TOKEN: key },
  ]) {
    assert.equal((await refused(environment)).code, "USAGE_BLOB_ENVIRONMENT");
  }
  const http = { AZURE_STORAGE_BLOB_ENDPOINT: "http://127.0.0.1:10000/fleet" };
  assert.equal((await refused(http)).code, "USAGE_BLOB_ENVIRONMENT");
});
