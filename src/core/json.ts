/** JSON with one spelling: keys sorted by bytes, so that equal values have equal text and equal hashes. */
import { createHash } from "node:crypto";
import { compareBytes } from "./order.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Canonical JSON text. Undefined members are left out; NaN and infinities are refused (an undefined figure is null). */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(sortKeys(value, "$"), undefined, indent);
}

/** The SHA-256 of a text or of bytes, in lower-case hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  const hash = createHash("sha256");
  if (typeof content === "string") return hash.update(content).digest("hex");
  // One update takes less than 2 GiB.
  for (let from = 0; from < content.length; from += PIECE) hash.update(content.subarray(from, from + PIECE));
  return hash.digest("hex");
}

const PIECE = 1 << 28;

/** The SHA-256 of a value's canonical JSON. */
export function hashJson(value: unknown): string {
  return sha256(canonicalJson(value));
}

function sortKeys(value: unknown, path: string): unknown {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new TypeError(`${path} is ${value}, which JSON cannot hold`);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item, i) => sortKeys(item, `${path}[${i}]`));
  const withJson = value as { toJSON?: () => unknown };
  if (typeof withJson.toJSON === "function") return sortKeys(withJson.toJSON(), path);
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, member]) => [key, sortKeys(member, `${path}.${key}`)] as const);
  return Object.fromEntries(entries);
}
