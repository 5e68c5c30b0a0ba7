/** What a pipeline says about its archive: plain data that can be printed, hashed, stored with a model and read back. */
import type { Duration, TimeKind } from "../core/time.ts";

/** The names of the columns a source is read by. Only those that its role needs are required. */
export interface ColumnMapping {
  /** The machine column; `rowNumber` takes the 1-based row number instead, for files that name no machine. */
  machine?: string | { rowNumber: true };
  /** Put before every machine's name ("train-"), so that several files can number their machines alike. */
  machinePrefix?: string;
  /** The time column. */
  time?: string;
  /** The sensor columns. */
  sensors?: readonly string[];
  /** The column that holds an event's kind (error code, component). */
  kind?: string;
  /** The column that holds the end of an event that lasts (downtime). */
  end?: string;
  /** The column that says when a row became known. */
  knownAt?: string;
  /** The attribute columns of a machine table and what each is. */
  attributes?: Readonly<Record<string, "category" | "number">>;
  /** When a machine left the fleet for good (machine table). */
  retiredAt?: string;
  /** When a machine's parts began to age (machine table). */
  commissionedAt?: string;
  /** From when a reference row holds. */
  validFrom?: string;
  /** Attribute columns that a reference row must match: { attribute: column }. */
  match?: Readonly<Record<string, string>>;
  /** Schedule: the component column and the recommended interval, in hours or cycles. */
  component?: string;
  interval?: string;
  /** Limits: the sensor column and the two limits, in the sensor's unit. */
  sensor?: string;
  low?: string;
  high?: string;
  /** Remaining life at the last row of a machine, in the fleet's time unit of life (hours or cycles). */
  remaining?: string;
}

/** Options of a source beside its columns. */
export interface SourceOptions {
  /** Added to every row's time before it counts as known. Default: nothing. */
  delay?: Duration;
  /** CSV only: the field separator. Default: found from the header line. " " takes runs of spaces as one. */
  delimiter?: string;
  /** CSV only: the column names of a file without a header line. */
  columns?: readonly string[];
  /** Events only: visible strictly after its instant. Default: true for failures and maintenance, false for others. */
  outcome?: boolean;
}

export interface SourceSpec extends ColumnMapping, SourceOptions {
  format: "csv" | "parquet";
  /** A file, a folder or a glob, relative to the archive's folder. */
  path: string;
}

/** Failures of machines that run to failure: at the last row, or `remaining` life after it for the machines listed there. */
export interface EndOfLifeSpec {
  format: "endOfLife";
  /** The component that fails. Default: "machine". */
  component?: string;
  remaining?: SourceSpec;
}

export interface ArchiveSpec {
  /** What the time columns hold: "timestamp" or "cycles". */
  time: TimeKind;
  machines?: SourceSpec;
  telemetry: readonly SourceSpec[];
  /** Event tables by name. Default: none. */
  events?: Readonly<Record<string, SourceSpec | EndOfLifeSpec>>;
  /** Default: none. */
  reference?: { schedule?: SourceSpec; limits?: SourceSpec };
}
