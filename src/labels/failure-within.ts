/** Whether a failure falls within the horizon of one cutoff: per component, and any. */
import { CENSORED, FAILS, HEALTHY } from "./labels.ts";
import type { RowLabel } from "./row-label.ts";
import type { FailsWithinSpec } from "./spec.ts";
import { firstFailures, firstPlanned, isObservedThrough, type MachineTimeline } from "./timeline.ts";

/**
 * All of (cutoff, cutoff + horizon] must lie in observation, but for the outages of the failures it sees; else every state is censored.
 * A component replaced as planned before it fails is healthy or censored, as `planned` says: a later failure is another life's.
 * Where a failure ended the observation inside the horizon, components that did not fail before are censored.
 * Any: fails if a component fails, else censored if one is censored, else healthy.
 * Multiclass: the component that fails first, the smallest by bytes among those that fail at one instant.
 */
export function failureWithin(
  timeline: MachineTimeline,
  cutoff: number,
  horizon: number,
  { predict, planned }: Pick<FailsWithinSpec, "predict" | "planned">,
): RowLabel {
  const until = cutoff + horizon;
  const components: number[] = timeline.planned.map(() => CENSORED);
  if (!isObservedThrough(timeline, cutoff, until)) {
    return { state: CENSORED, value: Number.NaN, components, end: until };
  }
  const failures = firstFailures(timeline, cutoff, until);
  const withoutFailure = until > timeline.end ? CENSORED : HEALTHY;
  let end = until;
  let firstTime = Number.POSITIVE_INFINITY;
  let failsFirst = -1;
  for (const [component, failure] of failures.entries()) {
    const lifeEnds = failure?.time ?? until + 1;
    if (firstPlanned(timeline, component, cutoff) < lifeEnds) {
      components[component] = planned === "healthy" ? HEALTHY : CENSORED;
    } else if (failure === undefined) {
      components[component] = withoutFailure;
    } else {
      components[component] = FAILS;
      end = Math.max(end, failure.knownAt);
      if (failure.time < firstTime) {
        firstTime = failure.time;
        failsFirst = component;
      }
    }
  }
  const state = failsFirst >= 0 ? FAILS : components.includes(CENSORED) ? CENSORED : HEALTHY;
  const target = state === FAILS && predict === "component" ? failsFirst + 1 : state;
  return { state, value: state === CENSORED ? Number.NaN : target, components, end };
}
