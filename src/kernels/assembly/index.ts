/** All kernels. Each takes a range of rows first; a row's result never depends on the range it is computed in. */
export { bounds } from "./bounds";
export { cycleBounds } from "./cycle-bounds";
export { rolling } from "./rolling";
export { groupMoments } from "./blocks";
export { quantiles } from "./quantiles";
export { difference, emitColumn, lastReading } from "./readings";
export { countEvents, elapsed, lastEvent } from "./events";
export { eventIntervals } from "./intervals";
export { emitEqual, lastKind } from "./last-kind";
export { countSequences } from "./sequences";
export { pairStatistics, quotient } from "./pairs";
export { heldTime, usedInWindow, usedTime } from "./use";
export { limitExceeded, limitMargin } from "./limits";
export { describe } from "./describe";
