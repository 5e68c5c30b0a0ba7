/** How much memory the telemetry of Parquet files will need, from their footers alone. */
import type { Database } from "./database.ts";
import type { ArchiveFiles } from "./find-archive.ts";
import { isLate } from "./known-at.ts";
import { isLong } from "./long.ts";
import { telemetryName } from "./source-name.ts";
import type { ArchiveSpec } from "./spec.ts";
import { fileLiteral } from "./sql.ts";

/** Rows and bytes of the sorted columns. Files that cannot be read count nothing here: whoever reads them says so. */
export async function footerTotals(
  database: Database,
  { telemetry }: ArchiveSpec,
  files: ArchiveFiles,
): Promise<{ rows: number; bytes: number }> {
  let [rows, bytes] = [0, 0];
  for (const [i, spec] of telemetry.entries()) {
    const paths = (files.get(telemetryName(i, telemetry.length)) ?? []).map(({ location }) => fileLiteral(location));
    if (spec.format !== "parquet" || paths.length === 0) continue;
    const sql = `SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata([${paths.join(", ")}])`;
    const [[count]] = await database.rows(sql).catch(() => [[0]]);
    const sensors = isLong(spec.sensors) ? 1 : (spec.sensors?.length ?? 0);
    rows += Number(count);
    bytes += Number(count) * 8 * ((isLate(spec) ? 2 : 1) + sensors);
  }
  return { rows, bytes };
}
