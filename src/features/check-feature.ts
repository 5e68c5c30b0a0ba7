/** Checks one feature of a pipeline as far as no data is needed: its word, its options, its lengths of time. */
import { ForewarnError } from "../core/errors.ts";
import { shownJson } from "../core/json.ts";
import { durationLength, type TimeKind } from "../core/time.ts";
import { checkSpec } from "./check-spec.ts";
import { countsCycles } from "./cycles/span.ts";
import type { FeatureSpec } from "./spec.ts";
import { featureOf } from "./table.ts";

/**
 * @param options cycles: whether there are operating cycles, so that windows may count them; whether that sensor has them is for the plan
 * @throws PIPELINE_FEATURE_OPTION, PIPELINE_UNKNOWN_FEATURE, PIPELINE_DURATION
 */
export function checkFeature(
  spec: unknown,
  time: TimeKind,
  where: string,
  { cycles = false }: { cycles?: boolean } = {},
): void {
  if (typeof spec !== "object" || spec === null || !("feature" in spec)) {
    throw new ForewarnError("PIPELINE_FEATURE_OPTION", {
      problem: "this is no feature",
      expected: 'what a word of the vocabulary gives, such as timeSince("maintenance")',
      found: shownJson(spec),
      where,
    });
  }
  const word = String(spec.feature);
  const place = `${where}, ${word}`;
  const checked = checkSpec(featureOf(spec as FeatureSpec, where).shape, spec, word, place);
  for (const option of ["over", "by", "hold", "within"] as const) {
    const value: unknown = (checked as Partial<Record<typeof option, unknown>>)[option];
    for (const duration of value === undefined ? [] : [value].flat()) {
      const kind = cycles && countsCycles(duration as string) ? "cycles" : time;
      durationLength(duration as string, kind, `${place}: ${option}`);
    }
  }
}
