/** What the processes of the benchmark beside tsfresh are told. */
export interface TsfreshInput {
  /** A Parquet file of hourly telemetry, sorted by machine and time. */
  file: string;
  sensor: string;
  /** Readings a window. */
  hours: number;
  /** Windows a machine, evenly spread. */
  windows: number;
  /** The statistics by their names in our columns. */
  labels: readonly string[];
  /** Where the process writes its columns for comparison, in the order of `labels`. */
  out: string;
}
