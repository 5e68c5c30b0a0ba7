/** forewarn/splits: which rows train and which evaluate. */
export { type ByMachineOptions, byMachine } from "./by-machine.ts";
export { type ByTimeOptions, byTime } from "./by-time.ts";
export type { Fold } from "./fold.ts";
export { type GivenOptions, given } from "./given.ts";
export { type InnerFoldsOptions, innerFolds } from "./inner-folds.ts";
export { type RollingOriginOptions, rollingOrigin } from "./rolling-origin.ts";
export type { SplitRows } from "./rows.ts";
export { rowsToSplit } from "./rows-to-split.ts";
export type { ByMachineSpec, ByTimeSpec, GivenSpec, RollingOriginSpec, SplitSpec } from "./spec.ts";
export { type SplitOptions, splitRows } from "./split-rows.ts";
