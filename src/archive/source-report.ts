/** What was read of an archive: every file with its hash, and what became of each of its rows. */

/** Counts of rows; `read` is `used` plus all of `quarantined`. */
export interface RowCounts {
  read: number;
  used: number;
  /** Rows set aside, by the name of the violation. */
  quarantined: Readonly<Record<string, number>>;
  /** Values that a repair changed, by the name of the violation; left out where there is none. */
  repaired?: Readonly<Record<string, number>>;
}

export interface FileReport extends RowCounts {
  /** Relative to the archive's folder, with "/" between its parts. */
  path: string;
  bytes: number;
  /** SHA-256 of the file's content, in lower-case hexadecimal. */
  sha256: string;
}

/** A column that is not in all files of a source, or has not the same type in all. */
export interface ColumnChange {
  change: "added" | "dropped" | "retyped";
  column: string;
  /** The file that differs, and one from which it differs. */
  file: string;
  unlike: string;
  /** Of a retyped column, the type in `unlike` and the type in `file`. */
  types?: readonly [before: string, after: string];
}

export interface SourceReport extends RowCounts {
  /** Where the pipeline names it: "machines", "telemetry[0]", "events.errors", "reference.schedule". */
  source: string;
  files: readonly FileReport[];
  /** How its columns change from file to file; left out where they do not. */
  columns?: readonly ColumnChange[];
}

/** The report of a source from those of its files. */
export function sourceReport(source: string, files: readonly FileReport[]): SourceReport {
  const total = (count: "quarantined" | "repaired") => {
    const sums: Record<string, number> = {};
    for (const file of files) {
      for (const [name, number] of Object.entries(file[count] ?? {})) sums[name] = (sums[name] ?? 0) + number;
    }
    return sums;
  };
  const sum = (count: "read" | "used") => files.reduce((total, file) => total + file[count], 0);
  const repaired = total("repaired");
  return {
    source,
    files,
    read: sum("read"),
    used: sum("used"),
    quarantined: total("quarantined"),
    ...(Object.keys(repaired).length > 0 && { repaired }),
  };
}
