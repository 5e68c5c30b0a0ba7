/** The rows of a predictions file. */
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

export interface WrittenPrediction {
  machine: string;
  cutoff: Date | bigint;
  status: string;
  /** Of failing; absent for other tasks than two classes. */
  probability: number | null;
  remaining_life?: number | null;
  score: number | null;
  alarm: boolean | null;
  [column: `probability_${string}`]: number | null;
}

export async function readPredictions(path: string): Promise<WrittenPrediction[]> {
  return (await parquetReadObjects({ file: await asyncBufferFromFile(path) })) as unknown as WrittenPrediction[];
}
