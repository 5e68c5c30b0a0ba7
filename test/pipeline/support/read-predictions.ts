/** The rows of a predictions file. */
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

export interface WrittenPrediction {
  machine: string;
  status: string;
  probability: number | null;
}

export async function readPredictions(path: string): Promise<WrittenPrediction[]> {
  return (await parquetReadObjects({ file: await asyncBufferFromFile(path) })) as unknown as WrittenPrediction[];
}
