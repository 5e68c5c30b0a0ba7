/** How a container is reached: the endpoint and the credential, taken from the environment and from nowhere else. */
import { BlobServiceClient, type ContainerClient, type StoragePipelineOptions } from "@azure/storage-blob";
import { ForewarnError } from "../core/errors.ts";
import { type BlobAddress, blobPlace } from "./blob-address.ts";

export interface BlobAccess {
  container: ContainerClient;
  /** What it is reached with, for messages: "the SAS in AZURE_STORAGE_SAS_TOKEN". */
  credential: string;
  /** When a SAS ends, as it says itself. */
  expires?: string;
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

// Every request is tried again by `blobRequest`, which knows deadlines, Retry-After and what a lost answer means.
const clientOptions: StoragePipelineOptions = { retryOptions: { maxTries: 1 } };

/**
 * The first that is set of AZURE_STORAGE_CONNECTION_STRING and AZURE_STORAGE_SAS_TOKEN, else DefaultAzureCredential. A variable that
 * ends in `_` and the account's name in capitals holds for that account alone and comes first. The endpoint is the connection string's,
 * AZURE_STORAGE_BLOB_ENDPOINT or `https://<account>.blob.core.windows.net`.
 * @throws USAGE_BLOB_ENVIRONMENT when a variable cannot be used for this account
 */
export async function blobAccess(address: BlobAddress, environment: Environment): Promise<BlobAccess> {
  const { account } = address;
  const variable = (name: string) => pick(environment, name, account);
  const [connection, sas] = [variable("AZURE_STORAGE_CONNECTION_STRING"), variable("AZURE_STORAGE_SAS_TOKEN")];
  if (connection !== undefined && (connection.own || sas?.own !== true)) return connected(address, connection);
  const endpoint = endpointOf(address, variable("AZURE_STORAGE_BLOB_ENDPOINT"));
  if (sas !== undefined) {
    const token = sas.value.replace(/^\?/, "");
    const fields = new URLSearchParams(token);
    if (!fields.has("sig"))
      throw unusable(address, sas.name, "no SAS token in it", "a SAS token as the portal gives it");
    const service = new BlobServiceClient(`${endpoint}?${token}`, undefined, clientOptions);
    const credential = `the SAS in ${sas.name}`;
    return {
      container: service.getContainerClient(address.container),
      credential,
      expires: fields.get("se") ?? undefined,
    };
  }
  if (endpoint.startsWith("http:"))
    throw unusable(
      address,
      "AZURE_STORAGE_BLOB_ENDPOINT",
      "an http endpoint, and neither a connection string nor a SAS",
      "https",
    );
  const { DefaultAzureCredential } = await import("@azure/identity");
  const service = new BlobServiceClient(endpoint, new DefaultAzureCredential(), clientOptions);
  return { container: service.getContainerClient(address.container), credential: "DefaultAzureCredential" };
}

interface Variable {
  name: string;
  value: string;
  /** It names the account. */
  own: boolean;
}

function pick(environment: Environment, name: string, account: string): Variable | undefined {
  const ofAccount = own(name, account);
  if (environment[ofAccount]) return { name: ofAccount, value: environment[ofAccount], own: true };
  return environment[name] ? { name, value: environment[name], own: false } : undefined;
}

function connected(address: BlobAddress, { name, value }: Variable): BlobAccess {
  let service: BlobServiceClient;
  try {
    service = BlobServiceClient.fromConnectionString(value, clientOptions);
  } catch {
    // What the parser says may repeat the connection string.
    throw unusable(address, name, "no connection string in it", "a connection string as the portal gives it");
  }
  if (service.accountName !== address.account)
    throw unusable(
      address,
      name,
      `a connection string of the account ${service.accountName}`,
      `one of the account ${address.account}`,
    );
  checkEndpoint(address, name, service.url);
  return { container: service.getContainerClient(address.container), credential: `the connection string in ${name}` };
}

function endpointOf(address: BlobAddress, given: Variable | undefined): string {
  const { account } = address;
  if (given === undefined) return `https://${account}.blob.core.windows.net`;
  const endpoint = given.value.replaceAll("{account}", account).replace(/\/+$/, "");
  const url = checkEndpoint(address, given.name, endpoint);
  const names = url.hostname.split(".")[0] === account || url.pathname.split("/")[1] === account;
  if (!given.own && !names)
    throw unusable(
      address,
      given.name,
      "an endpoint that does not name the account",
      "{account} in it, in place of the account's name",
    );
  return endpoint;
}

function checkEndpoint(address: BlobAddress, name: string, endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const loopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && loopback)))
    throw unusable(address, name, "no https endpoint", "https://…, or http://… on this machine itself");
  const bare = name.includes("ENDPOINT") ? url.search + url.username + url.password : "";
  if (bare !== "") throw unusable(address, name, "more than an endpoint in it", "an endpoint without a query");
  return url;
}

function unusable(address: BlobAddress, variable: string, found: string, expected: string): ForewarnError {
  return new ForewarnError("USAGE_BLOB_ENVIRONMENT", {
    problem: `the environment variable ${variable} cannot be used for this place`,
    expected,
    found,
    where: blobPlace(address),
    hint: `set it for this account, or ${own(variable, address.account)} beside it`,
  });
}

/** The variable that holds for one account alone. */
function own(variable: string, account: string): string {
  const suffix = `_${account.toUpperCase()}`;
  return variable.endsWith(suffix) ? variable : variable + suffix;
}
