/** How an online featurizer is set up, and the state that it is saved as. */
import type { Duration } from "../../core/time.ts";
import type { FactRows } from "./facts.ts";
import type { RowsSnapshot } from "./rows-snapshot.ts";

export interface OnlineOptions extends FactRows {
  /** The sensors of each telemetry table, as in the fleet that was trained on. Default: one table with all sensors. */
  telemetry?: Readonly<Record<string, readonly string[]>>;
  /** How far a row may lie behind its machine's clock (the latest time it has shown, or `now`). Default: not at all. */
  late?: Duration;
  /** A row that is later: "refuse" throws TIME_TOO_LATE, "drop" counts it in `dropped`. Default: "refuse". */
  tooLate?: "refuse" | "drop";
}

/** What `save` writes. */
export interface OnlineState {
  /** The hash of the featurizer. */
  featurizer: string;
  options: OnlineOptions;
  dropped: number;
  rows: RowsSnapshot;
}
