/** Where a row stands in its file, in the way in which whoever opens the file will look for it. */
import { createReadStream } from "node:fs";
import type { FoundFile } from "./find-files.ts";
import type { SourceSpec } from "./spec.ts";

/** A row by its number from 1 among a file's rows: "telemetry.csv, line 3" as an editor counts, or "telemetry.parquet, row 2". */
export async function rowPlace(file: FoundFile, source: SourceSpec, row: number): Promise<string> {
  if (source.format === "parquet") return `${file.path}, row ${row}`;
  const record = source.columns === undefined ? row + 1 : row;
  const line = await lineOfRecord(file.location, source.delimiter === " ", record);
  return line === undefined ? `${file.path}, row ${row}` : `${file.path}, line ${line}`;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The line on which a record begins, both from 1. A quoted field may go over several lines, and an empty line is no record; undefined
 * where the file has fewer.
 */
async function lineOfRecord(location: string, spaced: boolean, record: number): Promise<number | undefined> {
  let line = 1;
  let records = 0;
  let inQuotes = false;
  let begun = false;
  let afterReturn = false;
  for await (const chunk of createReadStream(location, { highWaterMark: 1 << 20 })) {
    for (const byte of chunk as Buffer) {
      const secondHalf = afterReturn && byte === LINE_FEED;
      afterReturn = byte === CARRIAGE_RETURN;
      if (secondHalf) continue;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        line++;
        if (!inQuotes) begun = false;
        continue;
      }
      if (byte === QUOTE && !spaced) inQuotes = !inQuotes;
      // In files parted by spaces, a line of nothing but spaces is empty too.
      if (begun || (spaced && (byte === 0x20 || byte === 0x09))) continue;
      begun = true;
      records++;
      if (records === record) return line;
    }
  }
  return undefined;
}
