/** Where two plain values differ first, and what stands there. */
import type { Json } from "../core/json.ts";

export interface JsonDifference {
  /** As in `outputs[3].interval`; "" where the whole is another. */
  where: string;
  values: readonly [before: string, after: string];
}

/** Undefined for equal values. Members are compared in the order of the first value. */
export function jsonDifference(
  before: Json | undefined,
  after: Json | undefined,
  where = "",
): JsonDifference | undefined {
  if (Object.is(before, after)) return undefined;
  const [ours, theirs] = [membersOf(before), membersOf(after)];
  if (ours === undefined || theirs === undefined || Array.isArray(before) !== Array.isArray(after)) {
    return { where, values: [short(before), short(after)] };
  }
  const isList = Array.isArray(before);
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const place = isList ? `${where}[${key}]` : where === "" ? key : `${where}.${key}`;
    const found = jsonDifference(ours.get(key), theirs.get(key), place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function membersOf(value: Json | undefined): Map<string, Json | undefined> | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

const LONGEST = 60;

function short(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
