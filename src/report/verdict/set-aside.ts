/** Says when many records of failures were set aside: what the figures rest on is then not what happened. */
import type { ReportData } from "../data.ts";
import { count, percent } from "../format.ts";

/** Up to this share of its records a source of failures may lose without a word in the verdict. */
const WORTH_SAYING = 0.1;

/** One sentence for each source of failures that lost more than a tenth of its records. */
export function setAsideSentences(data: ReportData): string[] {
  return data.sources
    .filter(({ name, read, quarantined }) => isOfFailures(name) && quarantined > WORTH_SAYING * read)
    .map(
      ({ name, read, quarantined }) =>
        `${count(quarantined)} of ${count(read)} records of ${name} (${percent(quarantined / read)}) were set aside, so the failures counted here may not be all there were; the reasons are under Data.`,
    );
}

// Sources are named by their place in the pipeline: "events.failures".
function isOfFailures(source: string): boolean {
  return /failure/i.test(source.slice(source.lastIndexOf(".") + 1));
}
