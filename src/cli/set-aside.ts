/** A line a source with rows set aside, since a misspelt machine looks like a machine of no interest. */
import type { SourceRows } from "../pipeline/source-rows.ts";

export function setAside({ source, read, quarantined }: SourceRows): string[] {
  const reasons = Object.entries(quarantined).map(([reason, rows]) => `${rows} of ${read} rows: ${reason}`);
  return reasons.length === 0 ? [] : [`set aside  ${source}, ${reasons.join("; ")}`];
}
