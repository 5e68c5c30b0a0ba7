/** What was read of an archive: every file with its hash, and what became of each of its rows. */

/** Counts of rows; `read` is `used` plus all of `quarantined`. */
export interface RowCounts {
  read: number;
  used: number;
  /** Rows set aside, by reason. */
  quarantined: Readonly<Record<string, number>>;
}

export interface FileReport extends RowCounts {
  /** Relative to the archive's folder, with "/" between its parts. */
  path: string;
  bytes: number;
  /** SHA-256 of the file's content, in lower-case hexadecimal. */
  sha256: string;
}

export interface SourceReport extends RowCounts {
  /** Where the pipeline names it: "machines", "telemetry[0]", "events.errors", "reference.schedule". */
  source: string;
  files: readonly FileReport[];
}

/** The report of a source from those of its files. */
export function sourceReport(source: string, files: readonly FileReport[]): SourceReport {
  const quarantined: Record<string, number> = {};
  for (const file of files) {
    for (const [reason, rows] of Object.entries(file.quarantined)) {
      quarantined[reason] = (quarantined[reason] ?? 0) + rows;
    }
  }
  const sum = (count: "read" | "used") => files.reduce((total, file) => total + file[count], 0);
  return { source, files, read: sum("read"), used: sum("used"), quarantined };
}
