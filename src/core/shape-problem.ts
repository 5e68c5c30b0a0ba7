/** What is wrong with a value that a schema refused, in the words of whoever wrote it: where, what was expected, what was found. */
import type { z } from "zod";
import { shownJson } from "./json.ts";
import { didYouMean } from "./suggest.ts";

export interface ShapeProblem {
  /** The place inside the value: "stats[0]", "" for the value itself. */
  path: string;
  /** A name that the shape does not have, something that must be there, or a value of another kind. */
  kind: "unknown" | "missing" | "value";
  expected?: string;
  /** What the schema itself says is wrong, where a rule of its own was broken. */
  broken?: string;
  found: string;
  hint?: string;
}

/** The first problem; a name that the shape does not know comes before what is missing, since the one is often the other misspelt. */
export function shapeProblem(error: z.ZodError, value: unknown, known: readonly string[] = []): ShapeProblem {
  const issues = error.issues;
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  const at = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const path = placeOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const name = issue.keys[0];
    const hint = issue.path.length === 0 ? didYouMean(name, known) : undefined;
    return { path, kind: "unknown", found: name, hint };
  }
  if (issue.code === "custom") return { path, kind: "value", broken: issue.message, found: shownJson(at) };
  const expected = expectedBy(issue);
  if (at === undefined) return { path, kind: "missing", expected, found: "nothing" };
  const hint =
    issue.code === "invalid_value" && typeof at === "string" ? didYouMean(at, texts(issue.values)) : undefined;
  return { path, kind: "value", expected, found: shownJson(at), hint };
}

/** The first problem as one clause, for files that no person wrote: "outputs[0].from: expected a text, found 3". */
export function shapeSentence(error: z.ZodError, value: unknown): string {
  const { path, kind, expected, broken, found } = shapeProblem(error, value);
  const place = path === "" ? "" : `${path}: `;
  if (kind === "unknown") return `${place}an unknown member \`${found}\``;
  return `${place}${broken ?? `expected ${expected}`}, found ${found.length > 80 ? `${found.slice(0, 80)}…` : found}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

const types: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return types[issue.expected] ?? issue.expected;
    case "invalid_value":
      return oneOf(issue.values);
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? `at least ${issue.minimum === 1 ? "one" : issue.minimum}`
        : `a number ${issue.inclusive === false ? "above" : "from"} ${issue.minimum}`;
    case "too_big":
      return `a number ${issue.inclusive === false ? "below" : "up to"} ${issue.maximum}`;
    case "invalid_union":
      return issue.message === "Invalid input" ? "another value" : issue.message;
    default:
      return issue.message;
  }
}

/** More are no help in a message. */
const MOST_SHOWN = 12;

function oneOf(values: readonly unknown[]): string {
  const each = values.map((value) => JSON.stringify(value));
  if (each.length === 1) return each[0];
  const shown = each.slice(0, MOST_SHOWN);
  return each.length > MOST_SHOWN
    ? `one of ${each.length} names, such as ${shown.join(", ")}`
    : `one of ${each.join(", ")}`;
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === "string");
}
