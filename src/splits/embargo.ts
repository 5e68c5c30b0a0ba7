/** The length of a split's embargo. */
import { durationLength, type TimeKind } from "../core/time.ts";
import type { SplitSpec } from "./spec.ts";

/** In the fleet's time unit; 0 where the split has none. @throws PIPELINE_DURATION */
export function embargoLength(spec: SplitSpec, time: TimeKind): number {
  const embargo = spec.split === "byTime" || spec.split === "rollingOrigin" ? spec.embargo : undefined;
  return embargo === undefined ? 0 : durationLength(embargo, time);
}
