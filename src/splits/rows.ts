/** What a split reads of each row: its machine and cutoff, whether its label is known, and the interval it spans. */
import type { Cutoffs } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";

export interface SplitRows {
  time: TimeKind;
  cutoffs: Cutoffs;
  /** 0 healthy, 1 fails, 2 censored, as in `Labels.state`; censored rows are in no fold. */
  state: Uint8Array;
  /** The start of each row's longest window; the cutoff itself where it has none. */
  windowStart: Float64Array;
  /** As in `Labels.end`. */
  labelEnd: Float64Array;
}
