/** The one clear error after all tries of a request to blob storage. Nothing of the request is in it: no query, no header. */
import { ForewarnError } from "../core/errors.ts";
import type { BlobAccess } from "./blob-access.ts";
import { type BlobFault, blobFault } from "./blob-fault.ts";
import type { Failure } from "./retry.ts";

/** What was asked of the service. */
export interface BlobTask {
  /** "a blob cannot be read". */
  problem: string;
  /** The blob's or the container's address. */
  where: string;
  /** The right that is needed. */
  right: "read" | "list" | "write";
}

type Credential = Pick<BlobAccess, "credential" | "expires">;

export function blobError(task: BlobTask, failure: Failure, access: Credential): ForewarnError {
  const fault = blobFault(failure.error);
  const seconds = Math.round(failure.millis / 1000);
  const tries = failure.tries === 1 ? "" : `, the last of ${failure.tries} tries in ${seconds} s`;
  const [code, hint] = failure.stalled
    ? (["SERVICE_BLOB_UNREACHABLE", "look at the network and at the service's health, then run it again"] as const)
    : meaning(fault, task, access);
  return new ForewarnError(code, {
    problem: task.problem,
    found: `${answer(fault, failure)}${tries}`,
    where: task.where,
    hint,
    cause: bare(failure.error, fault),
  });
}

function answer(
  { status, code, unreadable, damaged, noCredential }: BlobFault,
  { stalled, askedMillis }: Failure,
): string {
  if (stalled) return "no answer, or one that stopped";
  if (noCredential) return "no credential";
  if (damaged) return "bytes that do not have the MD5 sent with them";
  if (unreadable) return "an answer that cannot be read";
  const asked = askedMillis === undefined ? "" : `, which asks to wait ${Math.ceil(askedMillis / 1000)} s`;
  if (status !== undefined) return `the answer ${status}${code === undefined ? "" : ` ${code}`}${asked}`;
  return `a connection that broke${code === undefined ? "" : ` (${code})`}`;
}

type Meaning = readonly [code: ForewarnError["code"], hint: string];

function meaning(fault: BlobFault, task: BlobTask, access: Credential): Meaning {
  const { status, code = "" } = fault;
  if (fault.noCredential) {
    const variables = "AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_CONNECTION_STRING";
    return ["SERVICE_BLOB_CREDENTIALS", `sign in (\`az login\`), run under a managed identity, or set ${variables}`];
  }
  if (fault.damaged)
    return ["SERVICE_BLOB_DAMAGED", "something between here and the service changes bytes: look at the network"];
  if (fault.unreadable)
    return [
      "SERVICE_BLOB_ANSWER",
      "something other than blob storage answers there, or it is in trouble: look at the endpoint",
    ];
  if (status === undefined) {
    const name = code === "ENOTFOUND" ? "the account's name" : "the endpoint";
    return ["SERVICE_BLOB_UNREACHABLE", `look at ${name} and at the network, then run it again`];
  }
  if (status === 408 || status === 429 || status >= 500)
    return ["SERVICE_BLOB_UNAVAILABLE", "the service is busy or in trouble: run it again later"];
  if (/^Container(NotFound|BeingDeleted|Disabled)$/.test(code))
    return ["SERVICE_BLOB_CONTAINER", "make the container, or name another: forewarn makes none"];
  if (status === 412 && code.startsWith("Lease"))
    return ["SERVICE_BLOB_REFUSED", "somebody holds a lease on the blob: let them end it, or write elsewhere"];
  if (status === 400 && code === "InvalidHeaderValue") {
    const emulator = "an emulator may be older than the version that is asked for: start it with --skipApiVersionCheck";
    return ["SERVICE_BLOB_REFUSED", emulator];
  }
  if (code === "BlobArchived") return ["SERVICE_BLOB_ARCHIVED", "bring the blob back from the archive tier first"];
  return (
    refusal(fault, task, access) ?? ["SERVICE_BLOB_REFUSED", "the service's documentation tells what its code means"]
  );
}

const unknownCaller =
  /^(AuthenticationFailed|InvalidAuthenticationInfo|NoAuthenticationInformation|PublicAccessNotPermitted)$/;

function refusal(
  { status, code = "", answeredAt = 0 }: BlobFault,
  { right }: BlobTask,
  { credential, expires }: Credential,
): Meaning | undefined {
  const ended = expires !== undefined && Date.parse(expires) <= answeredAt;
  if (ended && (status === 401 || status === 403))
    return ["SERVICE_BLOB_AUTHENTICATION", `${credential} ended at ${new Date(expires).toISOString()}: get a new one`];
  if (status === 401 || unknownCaller.test(code))
    return ["SERVICE_BLOB_AUTHENTICATION", `${credential} is wrong or has expired: get a new one`];
  if (status !== 403) return undefined;
  const role = right === "write" ? "Storage Blob Data Contributor" : "Storage Blob Data Reader";
  const letters = { read: "r", list: "l and r", write: "r, c, w and l" }[right];
  return [
    "SERVICE_BLOB_NO_RIGHT",
    `${credential} is wrong or has no right to ${right} there: it takes the role ${role}, or a SAS with ${letters}, and a network that the account lets in`,
  ];
}

/** What led here, without what a request or its answer held. */
function bare(error: unknown, { status, code }: BlobFault): Error {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : "Error";
  return new Error([name, code, status].filter((part) => part !== undefined).join(" "));
}
