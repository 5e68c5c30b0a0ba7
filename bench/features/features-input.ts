/** What the processes of the benchmarks of features are told. */
export interface FeaturesInput {
  /** A Parquet file of telemetry. */
  file: string;
  sensors: readonly string[];
  /** Window lengths, such as "24h". */
  over: readonly string[];
  /** `mean`, `sd`, `min`, `max`, `median`. */
  stats: readonly string[];
  /** Where the process writes its columns for comparison: by sensor, then window, then statistic. */
  out: string;
}
