/** Says when many records of failures were set aside: what the figures rest on is then not what happened. */
import type { ReportData } from "../data.ts";
import { count, percent } from "../format.ts";

/** Up to this share of its records a source of failures may lose without a word in the verdict. */
const WORTH_SAYING = 0.1;

/** One sentence where the source of failures lost more than a tenth of its records. */
export function setAsideSentences(data: ReportData): string[] {
  return data.sources
    .filter(({ name, read, quarantined }) => name === data.failuresSource && quarantined > WORTH_SAYING * read)
    .map(
      ({ name, read, quarantined }) =>
        `${count(quarantined)} of ${count(read)} records of ${name} (${percent(quarantined / read)}) were set aside, so the failures counted here may not be all there were; the reasons are under Data.`,
    );
}
