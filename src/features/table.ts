/** Every word of the vocabulary and what implements it. A new feature is a file and a line here. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Feature } from "./feature.ts";
import type { FeatureSpec } from "./spec.ts";
import { ageFeature } from "./words/age.ts";
import { attributesFeature } from "./words/attributes.ts";
import { clipFeature } from "./words/clip.ts";
import { correlationOfFeature } from "./words/correlation-of.ts";
import { countOfFeature } from "./words/count-of.ts";
import { countSinceFeature } from "./words/count-since.ts";
import { customFeature } from "./words/custom.ts";
import { deltaFeature } from "./words/delta.ts";
import { deriveFeature } from "./words/derive.ts";
import { differenceOfFeature } from "./words/difference-of.ts";
import { healthyBaselineFeature } from "./words/healthy-baseline.ts";
import { hoursAboveFeature } from "./words/hours-above.ts";
import { intervalOfFeature } from "./words/interval-of.ts";
import { lagFeature } from "./words/lag.ts";
import { lastKindFeature } from "./words/last-kind.ts";
import { limitExceededFeature } from "./words/limit-exceeded.ts";
import { limitMarginFeature } from "./words/limit-margin.ts";
import { operatingModesFeature } from "./words/operating-modes.ts";
import { perCycleFeature } from "./words/per-cycle.ts";
import { principalComponentsFeature } from "./words/principal-components.ts";
import { rateOfFeature } from "./words/rate-of.ts";
import { ratioOfFeature } from "./words/ratio-of.ts";
import { residualOfFeature } from "./words/residual-of.ts";
import { rollingFeature } from "./words/rolling.ts";
import { scheduleUsedFeature } from "./words/schedule-used.ts";
import { sequenceOfFeature } from "./words/sequence-of.ts";
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
  age: ageFeature,
  correlationOf: correlationOfFeature,
  countSince: countSinceFeature,
  differenceOf: differenceOfFeature,
  hoursAbove: hoursAboveFeature,
  intervalOf: intervalOfFeature,
  lastKind: lastKindFeature,
  rateOf: rateOfFeature,
  ratioOf: ratioOfFeature,
  sequenceOf: sequenceOfFeature,
  perCycle: perCycleFeature,
  operatingModes: operatingModesFeature,
  healthyBaseline: healthyBaselineFeature,
  principalComponents: principalComponentsFeature,
  residualOf: residualOfFeature,
  clip: clipFeature,
  derive: deriveFeature,
  custom: customFeature,
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
