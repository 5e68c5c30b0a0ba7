/** Aliases: each is a log of numbered entries, of which the highest holds; moving one is creating the next entry. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { canonicalJson } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import { inParallel } from "../stores/in-parallel.ts";
import type { Store } from "../stores/store.ts";
import { createNumbered, listWithoutGaps, numberAfter } from "./create-numbered.ts";
import { checkAliasName, checkModelName, isAliasName, parseVersion } from "./names.ts";
import { parseJson } from "./parse-json.ts";
import { READS_AT_ONCE } from "./reads-at-once.ts";
import { requireVersion } from "./versions.ts";

const UNREADABLE = "REGISTRY_ALIAS_UNREADABLE";

const entrySchema = z.strictObject({
  from: z.int().positive().nullable(),
  to: z.int().positive(),
  when: z.string(),
  who: z.string(),
  why: z.string(),
});

/** One move of an alias: from which version (null at first) to which, when (ISO 8601, UTC), by whom and why. */
export type AliasEntry = z.infer<typeof entrySchema> & {
  /** 1 for the first move. */
  entry: number;
};

export interface AliasMove {
  model: string;
  alias: string;
  now: Date;
  who: string;
  why: string;
}

/** All moves, first to last; none where there is no such alias. @throws REGISTRY_NAME, REGISTRY_ALIAS_UNREADABLE */
export async function aliasHistory(store: Store, model: string, alias: string): Promise<AliasEntry[]> {
  checkModelName(model);
  checkAliasName(alias);
  const folder = `${model}/aliases/${alias}`;
  const paths = await listWithoutGaps(async () => {
    const found = new Map<number, string>();
    for (const path of await store.list(folder)) {
      const name = path.slice(folder.length + 1);
      const entry = name.endsWith(".json") ? parseVersion(name.slice(0, -".json".length)) : undefined;
      if (entry !== undefined) found.set(entry, path);
    }
    return found;
  });
  const inOrder = [...paths].sort(([a], [b]) => a - b);
  return await inParallel(inOrder, READS_AT_ONCE, async ([entry, path]) => ({
    entry,
    ...readEntry(await store.read(path), `${store.location}/${path}`),
  }));
}

/** The version every alias of a model points to, and the aliases that hold an entry that cannot be read. What is no alias is left out. */
export async function listAliases(
  store: Store,
  model: string,
): Promise<{ held: Record<string, number>; damaged: string[] }> {
  checkModelName(model);
  const folder = `${model}/aliases`;
  const names = new Set((await store.list(folder)).map((path) => path.slice(folder.length + 1).split("/")[0]));
  const found: [string, number][] = [];
  const damaged: string[] = [];
  for (const name of [...names].filter(isAliasName)) {
    try {
      const last = (await aliasHistory(store, model, name)).at(-1);
      if (last !== undefined) found.push([name, last.to]);
    } catch (error) {
      if (!(error instanceof ForewarnError && error.code === UNREADABLE)) throw error;
      damaged.push(name);
    }
  }
  return { held: Object.fromEntries(found), damaged };
}

/** The version an alias points to. @throws REGISTRY_MODEL_UNKNOWN, REGISTRY_ALIAS_UNKNOWN */
export async function requireAlias(store: Store, model: string, alias: string): Promise<number> {
  const last = (await aliasHistory(store, model, alias)).at(-1);
  if (last !== undefined) return last.to;
  await requireVersion(store, model);
  throw new ForewarnError("REGISTRY_ALIAS_UNKNOWN", {
    problem: "the model has no such alias",
    found: alias,
    where: `${store.location}/${model}`,
    hint: didYouMean(alias, Object.keys((await listAliases(store, model)).held)),
  });
}

/**
 * Points an alias at a version. An alias that is there already stays as it is, without a new entry.
 * @throws REGISTRY_NAME, REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN, REGISTRY_ALIAS_UNREADABLE, REGISTRY_PATH_TAKEN
 */
export async function moveAlias(store: Store, move: AliasMove & { to: number }): Promise<AliasEntry> {
  const { model, alias, to } = move;
  checkAliasName(alias);
  await requireVersion(store, model, to);
  for (;;) {
    const last = (await aliasHistory(store, model, alias)).at(-1);
    if (last?.to === to) return last;
    const written = await append(store, move, last, to);
    // Otherwise another process moved it in between: its entry stands, ours comes after it.
    if (written !== undefined) return written;
  }
}

/**
 * Points an alias at the version it held before the present one. Versions once rolled back from do not count: after 1, 2, 3, two
 * rollbacks lead to 1.
 * @throws REGISTRY_ALIAS_UNKNOWN, REGISTRY_ROLLBACK_NONE when there is no earlier one, REGISTRY_ALIAS_MOVED when it is moved meanwhile.
 */
export async function rollbackAlias(store: Store, move: AliasMove): Promise<AliasEntry> {
  const { model, alias } = move;
  await requireAlias(store, model, alias);
  const history = await aliasHistory(store, model, alias);
  const held: number[] = [];
  for (const { to } of history) {
    const before = held.indexOf(to);
    if (before >= 0) held.length = before;
    held.push(to);
  }
  const to = held.at(-2);
  const where = `${store.location}/${model}/aliases/${alias}`;
  if (to === undefined) {
    throw new ForewarnError("REGISTRY_ROLLBACK_NONE", {
      problem: "the alias has held no earlier version",
      found: `version ${held[0]}`,
      where,
    });
  }
  await requireVersion(store, model, to);
  const written = await append(store, move, history.at(-1), to);
  if (written !== undefined) return written;
  throw new ForewarnError("REGISTRY_ALIAS_MOVED", {
    problem: "somebody else moved the alias at the same moment",
    where,
    hint: "look at its history and decide again",
  });
}

async function append(
  store: Store,
  { model, alias, now, who, why }: AliasMove,
  last: AliasEntry | undefined,
  to: number,
): Promise<AliasEntry | undefined> {
  const folder = `${model}/aliases/${alias}`;
  const entry = numberAfter(last?.entry, `${store.location}/${folder}`);
  const move = { from: last?.to ?? null, to, when: now.toISOString(), who, why };
  const content = new TextEncoder().encode(`${canonicalJson(move, 2)}\n`);
  const created = await createNumbered(store, `${folder}/${entry}.json`, content);
  return created ? { entry, ...move } : undefined;
}

function readEntry(bytes: Uint8Array | undefined, where: string): z.infer<typeof entrySchema> {
  try {
    return entrySchema.parse(parseJson(bytes));
  } catch (cause) {
    throw new ForewarnError(UNREADABLE, {
      problem: "an entry of an alias cannot be read",
      expected: "JSON with from, to, when, who, why",
      where,
      hint: "restore the file from a backup; without it the entry before it holds",
      cause,
    });
  }
}
