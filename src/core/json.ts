/** JSON with one spelling: keys sorted by bytes, so that equal values have equal text and equal hashes. */
import { createHash } from "node:crypto";
import { compareBytes } from "./order.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON text, laid out as by JSON.stringify with the same indent (spaces a level, default 0: all on one line). Undefined
 * members are left out.
 * @throws TypeError for NaN and infinities (an undefined figure is null) and for what JSON has no word for
 */
export function canonicalJson(value: unknown, indent = 0): string {
  const written = write(value, "$", "", " ".repeat(indent));
  if (written === undefined) throw new TypeError(`a ${typeof value} has no JSON`);
  return written;
}

/** A value as JSON for a message; by its type what JSON has no word for, such as a value that contains itself. */
export function shownJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // A cycle, a whole number of any length, more levels than the stack holds, or a getter that throws.
    return typeof value === "object"
      ? `${Array.isArray(value) ? "a list" : "an object"} that has no JSON`
      : typeof value;
  }
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

/** Undefined for what JSON leaves out. The text is put together here, since an object puts keys that look like integers first. */
function write(value: unknown, path: string, margin: string, indent: string): string | undefined {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new TypeError(`${path} is ${value}, which JSON cannot hold`);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return write(toJSON.call(value), path, margin, indent);
  const inner = margin + indent;
  const enclosed = (open: string, members: readonly string[], close: string) => {
    if (members.length === 0) return open + close;
    if (indent === "") return open + members.join(",") + close;
    return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${margin}${close}`;
  };
  if (Array.isArray(value)) {
    const items = value.map((item, i) => write(item, `${path}[${i}]`, inner, indent) ?? "null");
    return enclosed("[", items, "]");
  }
  const colon = indent === "" ? ":" : ": ";
  const members = Object.entries(value)
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([key, member]) => {
      const written = write(member, `${path}.${key}`, inner, indent);
      return written === undefined ? [] : [JSON.stringify(key) + colon + written];
    });
  return enclosed("{", members, "}");
}
