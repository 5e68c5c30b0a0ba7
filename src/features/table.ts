/** Every word of the vocabulary and what implements it. A new feature is a file and a line here. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Feature } from "./feature.ts";
import type { FeatureSpec } from "./spec.ts";
import { attributesFeature } from "./words/attributes.ts";
import { countOfFeature } from "./words/count-of.ts";
import { deltaFeature } from "./words/delta.ts";
import { lagFeature } from "./words/lag.ts";
import { limitExceededFeature } from "./words/limit-exceeded.ts";
import { limitMarginFeature } from "./words/limit-margin.ts";
import { rollingFeature } from "./words/rolling.ts";
import { scheduleUsedFeature } from "./words/schedule-used.ts";
import { timeSinceFeature } from "./words/time-since.ts";
import { usedSinceFeature } from "./words/used-since.ts";

type Word = FeatureSpec["feature"];

const table: { [K in Word]: Feature<Extract<FeatureSpec, { feature: K }>> } = {
  rolling: rollingFeature,
  lag: lagFeature,
  delta: deltaFeature,
  countOf: countOfFeature,
  timeSince: timeSinceFeature,
  usedSince: usedSinceFeature,
  scheduleUsed: scheduleUsedFeature,
  limitMargin: limitMarginFeature,
  limitExceeded: limitExceededFeature,
  attributes: attributesFeature,
};

/** The names of all words. */
export const wordNames: readonly string[] = Object.keys(table);

/** The implementation of a feature. @throws PIPELINE_UNKNOWN_FEATURE */
export function featureOf(spec: FeatureSpec, where?: string): Feature<FeatureSpec> {
  if (Object.hasOwn(table, spec.feature)) return table[spec.feature] as unknown as Feature<FeatureSpec>;
  throw new ForewarnError("PIPELINE_UNKNOWN_FEATURE", {
    problem: "no feature has this name",
    found: String(spec.feature),
    where,
    hint: didYouMean(String(spec.feature), Object.keys(table)),
  });
}
