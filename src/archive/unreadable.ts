/** What DuckDB says of a file that it cannot read, as an error that names the file. */
import { ForewarnError } from "../core/errors.ts";

/** Errors of ours, and what is none, are given back as they are. */
export function unreadable(error: unknown, path: string): unknown {
  if (error instanceof ForewarnError || !(error instanceof Error)) return error;
  const { message } = error;
  const lines = message.split("\n").map((line) => line.trim());
  // A line of the file is not repeated: it may be long, and hold what nobody should see in a log.
  const said = lines.filter((line) => line !== "" && !/^(Possible|LINE |Original Line|CSV Error)/.test(line));
  const found = said
    .map((line) =>
      line.replace(/^(TransactionContext Error: )?[A-Z][A-Za-z ]* Error: /, "").replace(/^INTERNAL Error: /, ""),
    )
    .slice(0, 2)
    .join("; ");
  const row = /on Line: (\d+)/.exec(message)?.[1];
  const isParquet = /\.parquet$/i.test(path) || /parquet|magic bytes/i.test(message);
  return new ForewarnError("DATA_FILE_UNREADABLE", {
    problem: isParquet
      ? "a Parquet file cannot be read: it is damaged, cut off or of another format"
      : "a file cannot be read",
    found: found.slice(0, 300),
    where: row === undefined ? path : `${path}, line ${row}`,
    cause: error,
  });
}
