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

export interface PreparedBench {
  /** How much work it is, for the reader of the figures: rows, files, bytes. */
  work: Readonly<Record<string, number | string>>;
  ours: BenchProcess;
  peers: Readonly<Record<string, BenchProcess>>;
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
  /** Makes the input files that are not there yet. */
  prepare(settings: BenchSettings): Promise<PreparedBench>;
}

/** What a process says of its one run. */
export interface Measurement {
  /** Of the work alone: after imports, before `checks`. */
  seconds: number;
  /** The largest resident memory of the process until the work was done, in bytes. */
  peakMemory: number;
  /** The version of what did the work. */
  version: string;
  /** What must be equal in every process: counts and hashes of the result. */
  checks: Readonly<Record<string, string | number>>;
}
