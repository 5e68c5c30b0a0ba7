/** How a file is scanned when nothing may stop the reading: line by line, as a load does it, where DuckDB gives up on a line. */
import type { Database } from "../archive/database.ts";
import type { FoundFile } from "../archive/find-files.ts";
import { mendedScan, openScan, readsAsItIs, type Scan } from "../archive/scan.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";

/**
 * Opens a file as its source says and reads it. `read` is called once more where it failed for a line that is not whole, with such lines
 * as `misshapen` rows; what the first call began must have left nothing behind.
 * @throws DATA_FILE_UNREADABLE when there is nothing to read: no header, no Parquet footer.
 */
export async function scanForgivingly<T>(
  database: Database,
  file: FoundFile,
  source: SourceSpec,
  read: (scan: Scan) => Promise<T>,
): Promise<T> {
  const scan = await openScan(database, file, source);
  let cause: unknown;
  if (await readsAsItIs(file, scan)) {
    try {
      return await read(scan);
    } catch (error) {
      database.check();
      // A full disk or too little memory is no fault of the file.
      if (error instanceof ForewarnError) throw error;
      cause = error;
    }
  }
  const mended = await mendedScan(database, file, scan);
  if (mended === undefined) throw cause;
  return await read(mended);
}
