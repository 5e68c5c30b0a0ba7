/** Judges what several processes did to a registry and saw of it: no version lost, torn, doubled or changed; every alias one linear log. */
import type { AliasEntry } from "../../../src/registry/aliases.ts";
import type { FinalState, Operation, SeenVersion } from "./registry-operation.ts";

export interface Verdict {
  /** What went wrong, a sentence each; none is what is wanted. */
  violations: string[];
  /** How often each was checked. */
  counts: Record<string, number>;
}

type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** Operations that ended are acknowledged: what they gave has to hold from their end on. */
export function checkRegistryHistory(operations: readonly Operation[], final: FinalState): Verdict {
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  const check = (what: string, holds: boolean, sentence: () => string) => {
    counts[what] = (counts[what] ?? 0) + 1;
    if (!holds) violations.push(`${what}: ${sentence()}`);
  };
  checkFailures(operations, check);
  checkVersions(operations, final, check);
  for (const [alias, log] of Object.entries(final.histories)) checkAlias(alias, log, operations, check);
  return { violations, counts };
}

type Check = (what: string, holds: boolean, sentence: () => string) => void;

/** The errors that are no fault; the first two only while nothing of the kind is acknowledged. */
function checkFailures(operations: readonly Operation[], check: Check): void {
  const firstVersion = Math.min(...operations.filter((each) => each.kind === "publish" && each.gave).map(endOf));
  for (const operation of operations.filter(({ failed }) => failed !== undefined)) {
    const { failed, kind, startedAt, id } = operation;
    const alias = "alias" in operation ? operation.alias : undefined;
    const moved = operations.filter((each) => each.kind === "move" && each.alias === alias && each.gave).map(endOf);
    const allowed =
      (failed === "REGISTRY_MODEL_UNKNOWN" && kind !== "publish" && startedAt < firstVersion) ||
      (failed === "REGISTRY_ALIAS_UNKNOWN" && startedAt < Math.min(...moved)) ||
      (kind === "rollback" && (failed === "REGISTRY_ROLLBACK_NONE" || failed === "REGISTRY_ALIAS_MOVED"));
    check("errors that may be", allowed, () => `${kind} ${id} ended in ${failed}`);
  }
}

function checkVersions(operations: readonly Operation[], final: FinalState, check: Check): void {
  const finals = new Map(final.versions.map((version) => [version.version, version]));
  const numberOf = new Map<string, number>();
  for (const version of final.damaged) check("whole", false, () => `version ${version} does not agree with its sums`);
  const one = ({ content, version }: { content: string; version: number }, by: string) => {
    const first = numberOf.get(content) ?? version;
    numberOf.set(content, first);
    check("one number a content", first === version, () => `${content} is ${first} and, after ${by}, ${version}`);
  };
  for (const version of final.versions) one(version, "the end");

  const published = operations.filter((each): each is Of<"publish"> => each.kind === "publish");
  for (const { id, content, gave, startedAt } of published) {
    if (gave === undefined) continue;
    one({ content, version: gave.version }, id);
    const there = finals.get(gave.version)?.content === content;
    check("acknowledged versions exist", there, () => `${content}, acknowledged as ${gave.version} to ${id}, is not`);
    const earlier = published.some((each) => each.content === content && each.gave && endOf(each) < startedAt);
    check("created once", !(gave.created && earlier), () => `${id} created ${content}, which was there already`);
  }
  const begun = (content: string) => Math.min(...published.filter((each) => each.content === content).map(startOf));
  for (const { id, gave, endedAt } of ended(operations, "read")) {
    one(gave, id);
    const last: SeenVersion | undefined = finals.get(gave.version);
    const same = last?.digest === gave.digest && last.content === gave.content;
    check("never changed", same, () => `version ${gave.version}, read by ${id}, is not what it is at the end`);
    check("never before its time", begun(gave.content) < endedAt, () => `${id} read ${gave.content} before it was`);
  }
  checkSeen(operations, check);
}

/** Whatever an operation gave or saw, each one that starts later sees too. */
function checkSeen(operations: readonly Operation[], check: Check): void {
  const known = knownVersions(operations);
  for (const { id, startedAt, gave } of ended(operations, "list")) {
    for (const version of known(startedAt)) {
      check("never lost", gave.versions.includes(version), () => `${id} does not list version ${version}`);
    }
  }
  for (const { id, startedAt, gave, alias } of ended(operations, "read")) {
    if (alias !== undefined) continue;
    const newest = Math.max(0, ...known(startedAt));
    check("the latest is the latest", gave.version >= newest, () => `${id} read ${gave.version}, not ${newest}`);
  }
}

/** The versions that had been given or seen before an instant. */
function knownVersions(operations: readonly Operation[]): (instant: number) => Set<number> {
  const seen = operations.flatMap((each) => {
    if (each.gave === undefined) return [];
    if (each.kind === "list") return each.gave.versions.map((version) => ({ at: endOf(each), version }));
    if (each.kind === "publish" || each.kind === "read") return [{ at: endOf(each), version: each.gave.version }];
    return [];
  });
  return (instant) => new Set(seen.filter(({ at }) => at < instant).map(({ version }) => version));
}

function checkAlias(alias: string, log: readonly AliasEntry[], operations: readonly Operation[], check: Check): void {
  const moves = operations.filter(
    (each): each is Of<"move"> | Of<"rollback"> =>
      (each.kind === "move" || each.kind === "rollback") && each.alias === alias,
  );
  const byId = new Map(moves.map((move) => [move.id, move]));
  const madeAt = (entry: AliasEntry) => byId.get(entry.why)?.startedAt ?? Number.POSITIVE_INFINITY;
  const made = new Set<string>();
  for (const [i, entry] of log.entries()) {
    const name = `${alias} ${entry.entry}`;
    check("numbers without a gap", entry.entry === i + 1, () => `${name} stands at place ${i + 1}`);
    const before = log[i - 1]?.to ?? null;
    check("a linear log", entry.from === before, () => `${name} moves from ${entry.from}, but ${before} held`);
    check("one entry a move", byId.has(entry.why) && !made.has(entry.why), () => `${name} is of ${entry.why}`);
    made.add(entry.why);
    const move = byId.get(entry.why);
    const wanted = move?.kind === "move" ? move.to : rolledBack(log.slice(0, i));
    check("moved to what was asked", entry.to === wanted, () => `${name} moves to ${entry.to}, not ${wanted}`);
  }
  const sameEntry = (a: AliasEntry, b: AliasEntry | undefined) => JSON.stringify(a) === JSON.stringify(b);
  for (const { id, gave } of moves) {
    if (gave === undefined) continue;
    check("acknowledged moves stay", sameEntry(gave, log[gave.entry - 1]), () => `${alias} ${gave.entry} of ${id}`);
  }
  checkViews(alias, log, operations, { madeAt, sameEntry, check });
}

interface Views {
  madeAt(entry: AliasEntry): number;
  sameEntry(a: AliasEntry, b: AliasEntry | undefined): boolean;
  check: Check;
}

/** A look at an alias shows the last move acknowledged or seen before it began, or a later one that had begun before it ended. */
function checkViews(
  alias: string,
  log: readonly AliasEntry[],
  operations: readonly Operation[],
  { madeAt, sameEntry, check }: Views,
): void {
  const known: { at: number; entry: number }[] = [];
  for (const each of operations) {
    if (!("alias" in each) || each.alias !== alias || each.gave === undefined) continue;
    const entry = each.kind === "history" ? each.gave.length : each.kind === "read" ? 0 : each.gave.entry;
    known.push({ at: endOf(each), entry });
  }
  const knownAt = (instant: number) => Math.max(0, ...known.filter(({ at }) => at < instant).map(({ entry }) => entry));
  const held = ({ id, startedAt, endedAt }: { id: string; startedAt: number; endedAt: number }, version?: number) => {
    const least = knownAt(startedAt);
    const fits = log.some((each) => each.entry >= least && each.to === version && madeAt(each) < endedAt);
    const nothing = version === undefined && least === 0;
    check("a look sees the last move or a later one", fits || nothing, () => `${id} saw ${alias} at ${version}`);
  };
  for (const each of ended(operations, "list")) held(each, each.gave.aliases[alias]);
  for (const each of ended(operations, "read")) if (each.alias === alias) held(each, each.gave.version);
  for (const each of ended(operations, "history")) {
    if (each.alias !== alias) continue;
    const { id, gave, startedAt, endedAt } = each;
    const prefix = gave.every((entry, i) => sameEntry(entry, log[i]));
    check("a history is the log so far", prefix, () => `${id} saw another history of ${alias}`);
    const whole = gave.length >= knownAt(startedAt) && gave.every((entry) => madeAt(entry) < endedAt);
    check("a history is of its time", whole, () => `${id} saw ${gave.length} moves of ${alias}`);
  }
  for (const kind of ["move", "rollback"] as const) {
    for (const { id, startedAt, gave } of ended(operations, kind).filter((each) => each.alias === alias)) {
      const least = knownAt(startedAt);
      check("a move comes after those before it", gave.entry >= least, () => `${id} is ${gave.entry}, after ${least}`);
    }
  }
}

/** The version that a rollback leads to: the one held before the present one, those once rolled back from left out. */
function rolledBack(log: readonly AliasEntry[]): number | undefined {
  const held: number[] = [];
  for (const { to } of log) {
    if (held.includes(to)) held.splice(held.indexOf(to));
    held.push(to);
  }
  return held.at(-2);
}

function ended<K extends Operation["kind"]>(operations: readonly Operation[], kind: K) {
  return operations.filter(
    (each): each is Of<K> & Required<Pick<Of<K>, "gave" | "endedAt">> =>
      each.kind === kind && each.gave !== undefined && each.endedAt !== undefined,
  );
}

function startOf({ startedAt }: Operation): number {
  return startedAt;
}

function endOf({ endedAt }: Operation): number {
  return endedAt ?? Number.POSITIVE_INFINITY;
}
