/** How long the machine of one cutoff still lived. */
import { CENSORED, FAILS, HEALTHY } from "./labels.ts";
import type { RowLabel } from "./row-label.ts";
import { firstFailures, firstPlanned, isObservedThrough, type MachineTimeline } from "./timeline.ts";

/**
 * The life up to the machine's first failure, if all up to it lies in observation; the cap, if all up to the cap does; else censored.
 * With `planned: "censored"` a planned replacement of any component before that failure (and within the cap) censors the row: without it
 * the failure might have come sooner. With "healthy" a component replaced before its own failure counts as not failing, the others go on.
 *
 * A component's state looks at its own failures and planned replacements alone.
 * @param cap Infinity for none.
 */
export function lifeLeft(
  timeline: MachineTimeline,
  cutoff: number,
  cap: number,
  planned: "healthy" | "censored",
): RowLabel {
  const until = cutoff + cap;
  const failures = firstFailures(timeline, cutoff, until);
  const observedToCap = until <= timeline.end && isObservedThrough(timeline, cutoff, until) ? HEALTHY : CENSORED;
  let firstFailure = Number.POSITIVE_INFINITY;
  let firstReplacement = Number.POSITIVE_INFINITY;
  let knownAt = Number.NEGATIVE_INFINITY;
  const components = failures.map((failure, component) => {
    const replacedAt = firstPlanned(timeline, component, cutoff);
    firstReplacement = Math.min(firstReplacement, replacedAt);
    const replacedBefore = replacedAt < (failure?.time ?? until + 1);
    if (failure !== undefined && !(replacedBefore && planned === "healthy") && failure.time <= firstFailure) {
      knownAt = failure.time < firstFailure ? failure.knownAt : Math.min(knownAt, failure.knownAt);
      firstFailure = failure.time;
    }
    if (replacedBefore) return planned === "healthy" ? observedToCap : CENSORED;
    if (failure === undefined) return observedToCap;
    return isObservedThrough(timeline, cutoff, failure.time) ? FAILS : CENSORED;
  });

  const censored = {
    state: CENSORED,
    value: Number.NaN,
    components,
    end: Math.max(cutoff, Math.min(until, timeline.end)),
  };
  if (planned === "censored" && firstReplacement <= until && firstReplacement < firstFailure) return censored;
  if (firstFailure <= until && firstFailure < Number.POSITIVE_INFINITY) {
    if (!isObservedThrough(timeline, cutoff, firstFailure)) return censored;
    return { state: FAILS, value: firstFailure - cutoff, components, end: knownAt };
  }
  return observedToCap === HEALTHY ? { state: HEALTHY, value: cap, components, end: until } : censored;
}
