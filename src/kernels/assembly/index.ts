/** All kernels. Each takes a range of rows first; a row's result never depends on the range it is computed in. */
export { bounds } from "./bounds";
export { rolling } from "./rolling";
export { difference, emitColumn, lastReading } from "./readings";
export { countEvents, elapsed, lastEvent } from "./events";
export { heldTime, usedTime } from "./use";
export { limitExceeded, limitMargin } from "./limits";
