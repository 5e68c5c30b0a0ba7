/** A loaded fleet: sorted, typed columns in memory, the form in which every later stage reads an archive. */
import type { TimeKind } from "./time.ts";

/** Rows grouped by machine: those of machine m are `offsets[m]` (included) to `offsets[m + 1]` (excluded). */
export interface Grouped {
  offsets: Uint32Array;
}

/** One telemetry table. Rows are sorted by machine, then time; (machine, time) is unique. */
export interface Telemetry extends Grouped {
  name: string;
  time: Float64Array;
  /** When each row became known: max(time, its knownAt column) plus the source's delay. The same array as `time` when nothing is late. */
  knownAt: Float64Array;
  /** Float64 readings by sensor; missing is NaN. */
  sensors: Record<string, Float64Array>;
}

/** One event table. Rows are sorted by machine, time, kind (by bytes); (machine, time, kind) is unique. */
export interface Events extends Grouped {
  name: string;
  time: Float64Array;
  /** When each row became known, as in `Telemetry`. */
  knownAt: Float64Array;
  /** The kinds that occur, sorted by bytes; [""] where the table has no kind column. */
  kinds: readonly string[];
  /** Index into `kinds`, one a row. */
  kind: Uint32Array;
  /** An outcome (failure, maintenance) is visible strictly after its instant, anything else at it. */
  outcome: boolean;
  /** The end of each event that lasts (downtime); an open one is Infinity. */
  end?: Float64Array;
  /** The events end their machine's observation, which reaches to them even past the last telemetry (run to failure). */
  endsObservation?: boolean;
}

export type AttributeColumn =
  | { type: "number"; values: Float64Array }
  /** Codes into `levels` (sorted by bytes); -1 is missing. */
  | { type: "category"; values: Int32Array; levels: readonly string[] };

/** The manufacturer's and the operator's facts of each machine, as-of by `validFrom` (-Infinity: always). */
export interface MachineTable extends Grouped {
  validFrom: Float64Array;
  attributes: Record<string, AttributeColumn>;
  /** One a machine (not a row); Infinity where it is not retired. */
  retiredAt?: Float64Array;
  /** One a machine (not a row): when its parts began to age; NaN where unknown. */
  commissionedAt?: Float64Array;
}

/** A reference row holds for machines whose attributes equal `match` (all machines when empty), from `validFrom` on. */
interface ReferenceRow {
  match: Record<string, string>;
  validFrom: number;
}

/** The recommended interval between replacements of a component, in hours or cycles. */
export interface ScheduleRow extends ReferenceRow {
  component: string;
  interval: number;
}

/** Operating limits of a sensor, in its unit; an absent side is -Infinity or Infinity. */
export interface LimitRow extends ReferenceRow {
  sensor: string;
  low: number;
  high: number;
}

export interface Fleet {
  time: TimeKind;
  /** Machines that have telemetry, sorted by UTF-8 bytes. */
  machines: readonly string[];
  telemetry: readonly Telemetry[];
  events: Record<string, Events>;
  machineTable?: MachineTable;
  schedule?: readonly ScheduleRow[];
  limits?: readonly LimitRow[];
}
