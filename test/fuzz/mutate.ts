/** Harm done to bytes: flips, edits, cuts, repeats, splices with other files, tokens that parsers stumble over, random bytes. */
import type { Random } from "../../src/core/random.ts";

/** Texts that have broken readers of numbers, times, names, paths and JSON. */
export const nastyTexts: readonly string[] = [
  ...[
    "",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    '"',
    '""',
    "'",
    ",",
    ";",
    "|",
    "\0",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\u00a0",
    "🤖",
    "é",
  ],
  ...[
    "nan",
    "NaN",
    "inf",
    "-inf",
    "1e400",
    "-0",
    "1_000",
    "0x10",
    "1,5",
    "+1",
    ".5",
    "5.",
    "1e",
    "9007199254740993",
    "٣",
  ],
  ...[
    "epoch",
    "infinity",
    "now",
    "2015-02-30",
    "2015-01-01 24:00:00",
    "2015-01-01T00:00:00+25:00",
    "2015-03-29 02:30 CET",
    "0000-01-01",
  ],
  ...["__proto__", "constructor", "toString", "null", "undefined", "true", "{}", "[]", '{"a":', "$array", "$number"],
  ...["../../etc/passwd", "/dev/zero", "az://a/b/c?sig=x", "s3://b", "*", "**", "[z-a]", "{a,", "%00", "~", "."],
];

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(from.length)];
}

/** The bytes with one to three kinds of harm; `others` are files to splice with. */
export function mutateBytes(random: Random, bytes: Uint8Array, others: readonly Uint8Array[] = []): Uint8Array {
  // A Buffer would share its memory with its slices.
  let harmed: Uint8Array = new Uint8Array(bytes);
  const times = 1 + random.integer(3) * random.integer(2);
  // What keeps every byte in its place gets past the first check of a format that says where its parts are.
  const kinds = random.integer(2) === 0 ? harms.slice(0, 2) : harms;
  for (let left = times; left > 0; left--) harmed = pick(random, kinds)(random, harmed, others);
  return harmed;
}

/** A text table with one to three cells replaced by, or put together with, a text that readers stumble over. */
export function mutateCells(random: Random, table: string, delimiter: string): string {
  const lines = table.split(/(\r\n|\r|\n)/);
  for (let left = 1 + random.integer(3) * random.integer(2); left > 0; left--) {
    const line = 2 * random.integer(Math.ceil(lines.length / 2));
    const cells = lines[line].split(delimiter);
    const at = random.integer(cells.length);
    const nasty = pick(random, nastyTexts);
    const quoted = `"${nasty.replaceAll('"', '""')}"`;
    cells[at] = pick(random, [nasty, cells[at] + nasty, nasty + cells[at], quoted, ` ${quoted}`, `${quoted} `]);
    // What spreadsheets leave at the end of rows that are shorter than others.
    const surplus = random.integer(4) === 0 ? pick(random, ["", '""', " "]) : undefined;
    if (surplus !== undefined) cells.push(...Array.from({ length: 1 + random.integer(3) }, () => surplus));
    lines[line] = cells.join(delimiter);
  }
  return lines.join("");
}

/** A short text put together from parts and from texts that readers stumble over. */
export function mutateText(random: Random, from: readonly string[]): string {
  const parts = Array.from({ length: 1 + random.integer(4) }, () =>
    pick(random, random.integer(3) === 0 ? nastyTexts : from),
  );
  const whole = parts.join("");
  if (random.integer(2) === 0) return whole;
  return new TextDecoder().decode(mutateBytes(random, new TextEncoder().encode(whole)));
}

type Harm = (random: Random, bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;

const harms: readonly Harm[] = [
  function flipBits(random, bytes) {
    const copy = bytes.slice();
    for (let left = 1 + random.integer(4); left > 0 && copy.length > 0; left--)
      copy[random.integer(copy.length)] ^= 1 << random.integer(8);
    return copy;
  },
  function writeBytes(random, bytes) {
    const copy = bytes.slice();
    const at = random.integer(copy.length + 1);
    const value = pick(random, [0, 1, 0x7f, 0x80, 0xff, random.integer(256)]);
    copy.fill(value, at, at + 1 + random.integer(8));
    return copy;
  },
  function cutEnd(random, bytes) {
    return bytes.slice(0, random.integer(bytes.length + 1));
  },
  function cutMiddle(random, bytes) {
    const at = random.integer(bytes.length + 1);
    return concat(bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(16)));
  },
  function insertToken(random, bytes) {
    const at = random.integer(bytes.length + 1);
    return concat(bytes.subarray(0, at), Buffer.from(pick(random, nastyTexts)), bytes.subarray(at));
  },
  function insertRandom(random, bytes) {
    const at = random.integer(bytes.length + 1);
    return concat(bytes.subarray(0, at), randomBytes(random, 1 + random.integer(12)), bytes.subarray(at));
  },
  function repeatPart(random, bytes) {
    const from = random.integer(bytes.length + 1);
    const part = bytes.subarray(from, from + 1 + random.integer(40));
    return concat(
      bytes.subarray(0, from),
      ...Array.from({ length: 1 + random.integer(4) }, () => part),
      bytes.subarray(from),
    );
  },
  function splice(random, bytes, others) {
    const other = others.length === 0 ? bytes : pick(random, others);
    const at = random.integer(bytes.length + 1);
    return concat(bytes.subarray(0, at), other.subarray(random.integer(other.length + 1)));
  },
  function allRandom(random, bytes) {
    return random.integer(4) === 0 ? randomBytes(random, random.integer(64)) : harms[0](random, bytes, []);
  },
];

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.integer(256));
}

const nastyValues: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 0.1, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 1e21, "", [], {}, [[]], [null]],
  ...nastyTexts,
];

/** A JSON value with one to three places changed: replaced, taken out, doubled, or given a member more. */
export function mutateJson(random: Random, value: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let root = copy;
  for (let left = 1 + random.integer(3) * random.integer(2); left > 0; left--) root = changeOne(random, root);
  return root;
}

interface Place {
  parent: Record<string, unknown>;
  key: string;
}

function changeOne(random: Random, root: unknown): unknown {
  const places = placesOf(root);
  if (places.length === 0 || random.integer(200) === 0) return nastyValue(random, root);
  const { parent, key } = pick(random, places);
  const kind = random.integer(6);
  if (kind === 0 && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (kind === 0) delete parent[key];
  else if (kind === 1 && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
  else if (kind === 1) define(parent, pick(random, nastyTexts), nastyValue(random, parent[key]));
  else if (kind === 2)
    define(
      parent,
      key,
      structuredClone(
        pick(
          random,
          places.map((place) => place.parent[place.key]),
        ),
      ),
    );
  else define(parent, key, nastyValue(random, parent[key]));
  return root;
}

/** As JSON.parse makes members: `__proto__` is one like any other. */
function define(parent: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function nastyValue(random: Random, old: unknown): unknown {
  if (typeof old === "number" && random.integer(2) === 0)
    return pick(random, [old + 1, -old, old * 1e6, old / 3, old - 1, Math.round(old)]);
  if (typeof old === "string" && random.integer(2) === 0) return old + pick(random, nastyTexts);
  if (random.integer(50) === 0) return Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], old);
  return structuredClone(pick(random, nastyValues));
}

function placesOf(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== "object" || value === null) return found;
  const parent = value as Record<string, unknown>;
  for (const key of Object.keys(parent)) {
    found.push({ parent, key });
    placesOf(parent[key], found);
  }
  return found;
}
