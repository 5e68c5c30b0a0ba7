/** What a benchmark describes: its input files, our process, the peers' processes. */

/** A process that does the work once and prints a `Measurement` as the last line of its standard output. */
export interface BenchProcess {
  /** A TypeScript file for this Node, or a Python file for the peers' environment, relative to the folder `bench`. */
  script: string;
  /** Handed over as one JSON argument. */
  input: object;
  /** Environment variables beside the present ones. */
  environment?: Readonly<Record<string, string>>;
  /** Bytes of memory without which the process is left out and said to be. Default: none. */
  memoryNeeded?: number;
}

/** One piece of work that we and our peers do. */
export interface PreparedWork {
  /** Its name among the works of the bench. */
  name: string;
  /** How much work it is, for the reader of the figures: rows, files, bytes. */
  work: Readonly<Record<string, number | string>>;
  ours: BenchProcess;
  /** By name, which is theirs alone among all works of the bench. */
  peers: Readonly<Record<string, BenchProcess>>;
  /** An earlier work that this one is more of: the result says how many times as long this one took. Default: none. */
  moreOf?: string;
}

export interface BenchSettings {
  /** Where input files are made and kept for the next time; they are found again by their name alone, so it says all they depend on. */
  folder: string;
  /** Replaces the bench's own number of rows. */
  rows: number | undefined;
}

export interface Bench {
  /** One sentence for the list of benchmarks. */
  about: string;
  /** How often each process runs unless the command says otherwise; the figures are medians. */
  runs: number;
  /** Makes the input files that are not there yet; gives one work or several, of which each is measured beside its peers. */
  prepare(settings: BenchSettings): Promise<readonly PreparedWork[]>;
}

/** What a process says of its one run. */
export interface Measurement {
  /** Of the work alone: after imports, before `checks`. */
  seconds: number;
  /** The largest resident memory of the process until the work was done, in bytes. */
  peakMemory: number;
  /** The version of what did the work. */
  version: string;
  /** Of a work that is one thing many times over: how long one takes, such as `median` and `p99`. Default: none. */
  microseconds?: Readonly<Record<string, number>>;
  /** What must be equal in every process: counts and hashes of the result. */
  checks: Readonly<Record<string, string | number>>;
  /** Numbers that must be alike in every process: they may differ by rounding. Default: none. */
  columns?: ResultColumns;
}

/** A file of little-endian float32 columns, one after the other; it is removed when it has been compared. */
export interface ResultColumns {
  file: string;
  names: readonly string[];
}
