/** How many rows a run read, set aside, left unlabelled, trained on and evaluated. */
import { CENSORED, type Labels } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import type { RowTotals } from "./run-result.ts";
import type { LoadedData } from "./run-stages.ts";

export function rowTotals({ sources }: LoadedData, labels: Labels, folds: readonly Fold[]): RowTotals {
  const used = folds.filter((fold) => fold.skipped === undefined);
  const union = (pick: (fold: Fold) => Uint32Array) => new Set(used.flatMap((fold) => [...pick(fold)])).size;
  const total = (pick: (source: LoadedData["sources"][number]) => number) =>
    sources.reduce((sum, source) => sum + pick(source), 0);
  return {
    read: total(({ read }) => read),
    used: total((source) => source.used),
    quarantined: total((source) => source.read - source.used),
    censored: labels.state.reduce((count, state) => count + (state === CENSORED ? 1 : 0), 0),
    trained: union((fold) => fold.train),
    evaluated: union((fold) => fold.evaluate),
  };
}
