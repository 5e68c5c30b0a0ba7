/** The violations of a contract by name: the rules that can be said for each, and the one that holds where none is said. */

/**
 * What to do about a violation. "refuse" ends the load with an error, "quarantine" sets the row aside (it is counted, and kept with its
 * reason), "keep" lets it be; the others repair it, each as its violation says.
 */
export type Rule =
  | "refuse"
  | "quarantine"
  | "keep"
  | "asMissing"
  | "clip"
  | "earlier"
  | "later"
  | "latestKnown"
  | "cast";

interface ViolationKind {
  /** In words: "a time is missing or cannot be read". */
  phrase: string;
  /** The rules that can be said; the first one is the default. */
  rules: readonly Rule[];
}

/** All violations. Each name stands alike in `rules`, in hints of errors, in the quarantine, in manifests and in reports. */
export const violations = {
  brokenLine: {
    phrase: "a line of a CSV file has another number of fields, an open quote, or bytes that are not UTF-8",
    rules: ["refuse", "quarantine"],
  },
  missingKey: {
    phrase: "a machine, time, kind, tag, component or sensor is missing",
    rules: ["refuse", "quarantine"],
  },
  missingKnownAt: {
    phrase: "it is not said when a row became known",
    rules: ["refuse", "quarantine", "keep"],
  },
  badName: { phrase: "a name cannot be read", rules: ["refuse", "quarantine"] },
  badTime: { phrase: "a time cannot be read", rules: ["refuse", "quarantine"] },
  timeNotUnique: {
    phrase: "a local time exists twice or not at all in its time zone",
    rules: ["refuse", "quarantine", "earlier", "later"],
  },
  badValue: { phrase: "a value is not a number", rules: ["refuse", "quarantine", "asMissing"] },
  infiniteValue: { phrase: "a number is infinite", rules: ["refuse", "quarantine", "asMissing"] },
  outOfRange: {
    phrase: "a value lies outside its range",
    rules: ["refuse", "quarantine", "asMissing", "clip"],
  },
  missingValue: { phrase: "a value is missing", rules: ["keep", "refuse", "quarantine"] },
  impossibleValue: {
    phrase: "values contradict each other or what they mean",
    rules: ["refuse", "quarantine"],
  },
  unknownTag: { phrase: "a tag that the contract does not name", rules: ["refuse", "quarantine"] },
  futureTime: { phrase: "a time in the future", rules: ["refuse", "quarantine", "keep"] },
  outOfOrder: {
    phrase: "a row is older than one of its machine before it",
    rules: ["refuse", "quarantine"],
  },
  unlistedMachine: {
    phrase: "telemetry of a machine that the machine table does not list",
    rules: ["keep", "refuse", "quarantine"],
  },
  unknownMachine: { phrase: "a machine without telemetry", rules: ["quarantine", "refuse"] },
  unknownSensor: { phrase: "a sensor that no telemetry source names", rules: ["quarantine", "refuse"] },
  duplicate: { phrase: "rows have the same key", rules: ["refuse", "quarantine", "latestKnown"] },
  columnDropped: { phrase: "a column of other files is missing in one", rules: ["refuse", "asMissing"] },
  columnAdded: { phrase: "a file has a column that others lack", rules: ["keep", "refuse"] },
  columnRetyped: {
    phrase: "a column has another type than in other files",
    rules: ["cast", "refuse"],
  },
} satisfies Record<string, ViolationKind>;

export type Violation = keyof typeof violations;

/** What to do about each violation, by its name. */
export type Rules = { readonly [Name in Violation]?: (typeof violations)[Name]["rules"][number] };

/** The rule of a source for a violation: the one it says, else the violation's first. */
export function ruleOf({ rules }: { readonly rules?: Rules }, violation: Violation): Rule {
  return rules?.[violation] ?? violations[violation].rules[0];
}

/** What an error about a violation advises: the other rules that can be said; nothing where there is none. */
export function ruleHint(violation: Violation): string {
  const others = violations[violation].rules.filter((rule) => rule !== "refuse");
  const beside =
    violation === "futureTime" ? '; "quarantine" needs `notAfter` beside it, the last time that can be true' : "";
  return `mend it where it comes from, or set rules: { ${violation}: ${others.map((rule) => JSON.stringify(rule)).join(" or ")} }${beside}`;
}
