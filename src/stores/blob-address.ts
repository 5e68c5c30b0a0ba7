/** The address of a place in blob storage, `az://account/container/path`, checked: it never holds a secret. */
import { ForewarnError } from "../core/errors.ts";

export interface BlobAddress {
  /** The storage account's name. */
  account: string;
  container: string;
  /** The parts below the container, parted by "/"; "" for the container itself. Taken as it is written: "%20" is no space. */
  path: string;
}

const accountName = /^[a-z0-9]{3,24}$/;
const containerName = /^(?:\$(?:root|web|logs)|(?=.{3,63}$)[a-z0-9](?:-?[a-z0-9])+)$/;

/** @throws USAGE_STORE_PLACE for another scheme or a malformed address, USAGE_STORE_SECRET for one with a key or a signature in it */
export function blobAddress(place: string): BlobAddress {
  refuseSecrets(place);
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]+):\/\/(.*)$/is.exec(place) ?? [];
  if (scheme !== "az") throw wrong(place, "an address that is not known", schemeHint(place));
  const [account, container = "", ...parts] = rest.replace(/\/+$/, "").split("/");
  if (!accountName.test(account)) throw wrong(place, "no name of a storage account", "3 to 24 of a to z and 0 to 9");
  if (!containerName.test(container)) throw wrong(place, "no name of a container", "3 to 63 of a to z, 0 to 9 and -");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (parts.some((part) => part === "" || part === "." || part === ".." || /[\u0000-\u001f\u007f\\]/.test(part)))
    throw wrong(place, "an empty part, a dot part, a backslash or a control character in the path");
  return { account, container, path: parts.join("/") };
}

/** The address as a place. */
export function blobPlace({ account, container, path }: BlobAddress): string {
  return `az://${account}/${container}${path === "" ? "" : `/${path}`}`;
}

/** Refuses a place or a path that holds a key, a signature or a password, without repeating it. @throws USAGE_STORE_SECRET */
export function refuseSecrets(place: string): void {
  const secret = /[?&;]s(?:ig|v|e)=|\bsig=|account_?key\s*=|sharedaccesssignature\s*=/i.test(place);
  if (!secret && !/^[a-z][a-z0-9+.-]+:\/\/[^/]*:[^/]*@/i.test(place)) return;
  throw new ForewarnError("USAGE_STORE_SECRET", {
    problem: "a place holds a key, a signature or a password",
    expected: "az://account/container/path",
    found: "a secret in it, which is not shown here",
    hint: "take it out and put it into the environment variable AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_CONNECTION_STRING",
  });
}

function wrong(place: string, found: string, hint?: string): ForewarnError {
  return new ForewarnError("USAGE_STORE_PLACE", {
    problem: "a place cannot be read as an address",
    expected: "a path on a local disk, or az://account/container/path",
    found,
    where: place.replace(/\?.*$/s, "?…").replace(/\/\/[^/]*@/, "//…@"),
    hint,
  });
}

function schemeHint(place: string): string | undefined {
  if (/^file:/i.test(place)) return "write the path itself, without file://";
  const http = /^https?:\/\/([a-z0-9]+)\.(?:blob|dfs)\.[^/]+\/([^?]*)/i.exec(place);
  if (http !== null) return `write az://${http[1]}/${http[2]}`;
  const abfs = /^(?:abfss?|wasbs?):\/\/([^@/]+)@([a-z0-9]+)\.[^/]+\/?([^?]*)/i.exec(place);
  return abfs === null ? undefined : `write az://${abfs[2]}/${abfs[1]}/${abfs[3]}`;
}
