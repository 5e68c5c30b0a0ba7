/** Where a row stands in its file, in the way in which whoever opens the file will look for it. */
import { createReadStream } from "node:fs";
import { csvRecords } from "./csv-records.ts";
import type { FoundFile } from "./find-files.ts";
import type { CsvLayout, Scan } from "./scan.ts";

/** A row by its number from 1 among a file's rows: "telemetry.csv, line 3" as an editor counts, or "telemetry.parquet, row 2". */
export async function rowPlace(file: FoundFile, { csv }: Scan, row: number): Promise<string> {
  if (csv === undefined) return `${file.path}, row ${row}`;
  const lineOf = csv.delimiter === " " ? lineOfText : lineOfRecord;
  const line = await lineOf(file.location, csv, row + csv.skip);
  return line === undefined ? `${file.path}, row ${row}` : `${file.path}, line ${line}`;
}

/** The line on which a record begins, both from 1; undefined where the file has fewer. */
async function lineOfRecord(location: string, csv: CsvLayout, record: number): Promise<number | undefined> {
  let records = 0;
  for await (const { line } of csvRecords(location, csv.delimiter, csv.names.length))
    if (++records === record) return line;
  return undefined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANKS: readonly number[] = [0x20, 0x09];

/** The same for files parted by spaces, in which a line of nothing but spaces is no record, except where there is one column. */
async function lineOfText(location: string, { names }: CsvLayout, record: number): Promise<number | undefined> {
  if (names.length === 1) return record;
  let line = 1;
  let records = 0;
  let begun = false;
  let afterReturn = false;
  for await (const chunk of createReadStream(location, { highWaterMark: 1 << 20 })) {
    for (const byte of chunk as Buffer) {
      const secondHalf = afterReturn && byte === LINE_FEED;
      afterReturn = byte === CARRIAGE_RETURN;
      if (secondHalf) continue;
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        line++;
        begun = false;
        continue;
      }
      if (begun || BLANKS.includes(byte)) continue;
      begun = true;
      records++;
      if (records === record) return line;
    }
  }
  return undefined;
}
