/** What a pipeline says about its archive: plain data that can be printed, hashed, stored with a model and read back. */
import type { Duration, TimeKind } from "../core/time.ts";
import type { Rules } from "./contract.ts";

/** The names of the columns a source is read by. Only those that its role needs are required. */
export interface ColumnMapping {
  /** The machine column; `rowNumber` takes the 1-based row number instead, for files that name no machine. */
  machine?: string | { rowNumber: true };
  /** Put before every machine's name ("train-"), so that several files can number their machines alike. */
  machinePrefix?: string;
  /** The time column. */
  time?: string;
  /** The sensor columns; or `long(…)` where each row holds one reading of one sensor. */
  sensors?: readonly string[] | LongSensors;
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

/** How a source with one reading a row names its sensors, as `long(…)` gives it. */
export interface LongSensors {
  /** The column that says which sensor a row is about. */
  tag: string;
  /** The column of the reading. */
  value: string;
  /** The sensor that each tag stands for: { tag: sensor }. */
  tags: Readonly<Record<string, string>>;
}

/** Options of a source beside its columns. */
export interface SourceOptions extends Contract {
  /** Added to every row's time before it counts as known. Default: nothing. */
  delay?: Duration;
  /** CSV only: the field separator. Default: found from the header line. " " takes runs of spaces as one. */
  delimiter?: string;
  /** CSV only: the column names of a file without a header line. */
  columns?: readonly string[];
  /** Events only: visible strictly after its instant. Default: true for failures and maintenance, false for others. */
  outcome?: boolean;
}

/** What a source promises of its rows, and what is done where it breaks the promise. See docs/contracts.md. */
interface Contract {
  /** Conversions of units by sensor, number attribute, or the words `interval` and `remaining`: { temperature: "°F -> °C" }. Default: none. */
  units?: Readonly<Record<string, string>>;
  /** The least and the greatest value of a sensor or number attribute after conversion; null is open: { volt: [0, 500] }. Default: all. */
  ranges?: Readonly<Record<string, readonly [least: number | null, greatest: number | null]>>;
  /** Names that columns had in older files, by the name they are mapped by: { volt: ["voltage"] }. Default: none. */
  renamed?: Readonly<Record<string, readonly string[]>>;
  /** Texts and numbers that stand for a missing value, in any column: ["-", "n/a", "-999"]. Default: none but the empty text. */
  missing?: readonly string[];
  /** The time zone of times without an offset: "Europe/Berlin". Default: "UTC". */
  timeZone?: string;
  /** Telemetry and events: a later time is a violation. Default: a day after the clock of whoever loads, where one is given. */
  notAfter?: string | number;
  /** Telemetry: "start" where a row is stamped at the start of the interval it sums up; needs `stampInterval`. Default: "end". */
  stamp?: "start" | "end";
  /** Telemetry stamped at the start: the length of its interval, which is added to the delay. */
  stampInterval?: Duration;
  /** Telemetry and events: "sorted" where each machine's rows stand in the order of time in every file. Default: "any". */
  order?: "sorted" | "any";
  /** What is done about each violation, by its name. Default: the first rule of each in contract.ts; mostly "refuse". */
  rules?: Rules;
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
