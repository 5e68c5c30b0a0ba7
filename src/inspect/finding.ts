/** One thing that was found about an archive, how serious it is, and what can be done. */
import { type Rule, type Rules, ruleOf, type Violation, violations } from "../archive/contract.ts";
import type { SourceSpec } from "../archive/spec.ts";

export interface Finding {
  /** "refused": a run stops at it. "warning": a run goes on, and its figures may be wrong. "note": worth knowing. */
  severity: "refused" | "warning" | "note";
  /** A stable name; that of the contract's violation where it is one. */
  code: string;
  /** The source it is about: "telemetry", "events.errors"; "labels" for what follows from several. */
  source: string;
  /** What is the case, in one or two sentences. */
  finding: string;
  /** Files, rows and machines, as near as known. */
  where?: string;
  /** What to do, with the words for the contract. */
  todo?: string;
  /** The words that make a run go on, as data to add to the source. */
  contract?: {
    rules: Rules;
    notAfter?: string;
    /** What stands for "no reading", to try before a rule. */
    missing?: readonly string[];
  };
}

interface ViolationWords extends Omit<Finding, "severity" | "code" | "contract"> {
  /** The limit that the rule that goes on needs beside it. */
  notAfter?: string;
  /** A text that stands for "no reading". */
  missing?: string;
}

/** A finding about a violation of the contract: refused unless the source has a rule for it that goes on. */
export function violationFinding(
  spec: SourceSpec,
  violation: Violation,
  { source, finding, where, todo, notAfter, missing }: ViolationWords,
): Finding {
  const rule = ruleOf(spec, violation);
  if (rule === "refuse") {
    const rules = { [violation]: remedy(violation) } as Rules;
    const contract = {
      rules,
      ...(notAfter === undefined ? {} : { notAfter }),
      ...(missing === undefined ? {} : { missing: [missing] }),
    };
    return { severity: "refused", code: violation, source, finding, where, todo, contract };
  }
  const handled =
    rule === "keep" ? "the rows are kept" : `the contract's rule \`${violation}: "${rule}"\` deals with them`;
  return {
    severity: rule === "keep" ? "warning" : "note",
    code: violation,
    source,
    finding: `${finding} (${handled})`,
    where,
  };
}

/** The rule that loses least: a reading as missing, else the row set aside. */
function remedy(violation: Violation): Rule {
  const rules: readonly Rule[] = violations[violation].rules;
  return rules.includes("asMissing") ? "asMissing" : rules.includes("quarantine") ? "quarantine" : "keep";
}

/** The rule to add to a source: `rules: { duplicate: "quarantine" }`. */
export function ruleText(violation: Violation, rule: string): string {
  return `rules: { ${violation}: "${rule}" }`;
}
