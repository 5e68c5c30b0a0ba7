/** Times that have not come yet: a clock that ran ahead, or a day and a month that were taken for each other. */
import { instantName, parseInstant } from "../core/time.ts";
import { ruleOf } from "./contract.ts";
import type { Check } from "./field-findings.ts";
import type { SourceSpec } from "./spec.ts";
import type { LoadContext } from "./table.ts";

/** What a row's time (field 1) may not be: after the source's `notAfter`, or else after the loader's clock. */
export function futureChecks({ time, latest }: LoadContext, spec: SourceSpec): Check[] {
  const { notAfter } = spec;
  const limit = notAfter === undefined ? latest : parseInstant(notAfter, time, "notAfter");
  if (limit === undefined || ruleOf(spec, "futureTime") === "keep") return [];
  const said = notAfter === undefined ? "a day after the clock of this machine" : "the source's `notAfter`";
  return [
    {
      code: "TIME_IN_FUTURE",
      violation: "futureTime",
      problem: "a time lies in the future",
      expected: `a time up to ${instantName(limit, time)}, ${said}`,
      field: 1,
      sql: `f1 > ${limit}::DOUBLE`,
    },
  ];
}
