/** Lines on a source whose rows were set aside or repaired, since a misspelt machine looks like a machine of no interest. */
import type { SourceRows } from "../pipeline/source-rows.ts";

export function setAside({ source, read, quarantined, repaired = {} }: SourceRows): string[] {
  const aside = Object.entries(quarantined).map(([reason, rows]) => `${rows} of ${read} rows: ${reason}`);
  const mended = Object.entries(repaired).map(([reason, values]) => `${values} values: ${reason}`);
  return [
    ...(read === 0 ? [`warning    ${source} has no row: what is made of it is missing everywhere`] : []),
    ...(aside.length === 0 ? [] : [`set aside  ${source}, ${aside.join("; ")}`]),
    ...(mended.length === 0 ? [] : [`repaired   ${source}, ${mended.join("; ")}`]),
  ];
}
