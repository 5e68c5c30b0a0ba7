/** Whether a predicted probability can be taken at its word: predicted beside observed share, with how sure each share is. */
import * as Plot from "@observablehq/plot";
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, percent, plural } from "../format.ts";
import type { Markup } from "../html.ts";
import { bestLearner } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft, shareText } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";
import { niceStep } from "./ticks.ts";
import { wilson } from "./wilson.ts";

const TITLE = "Calibration";

export function calibrationPlot(data: ReportData): Markup | null {
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const best = bestLearner(data);
  const found = data.curves
    .find((curve) => curve.learner === data.best)
    ?.calibration?.filter((bin) => bin.count > 0)
    .toSorted((a, b) => a.predicted - b.predicted);
  if (style === undefined || best === undefined || found === undefined || found.length === 0) return null;
  const together = rowsPerFailure(best);
  const bins = found.map((bin) => {
    const [low, high] = together === null ? [bin.observed, bin.observed] : wilson(bin.observed, bin.count / together);
    return { ...bin, low, high };
  });
  // Rare failures crowd all bins into a corner: the axes end where the bins do.
  const reach = Math.max(...bins.map((bin) => Math.max(bin.predicted, bin.observed)));
  const step = niceStep(reach / 4);
  const top = reach > 0.5 ? 1 : Math.min(1, Math.ceil((reach * 1.1) / step) * step || 0.1);
  const plot = draw({
    title: TITLE,
    description: `Calibration of ${style.learner}: ${bins.map((bin) => `predicted ${percent(bin.predicted)}, observed ${percent(bin.observed)}, ${count(bin.count)} rows`).join("; ")}.`,
    height: 300,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, top], axis: null },
      y: { domain: [0, top], axis: null },
      marks: [
        ...axisBelow({ label: "predicted probability", domain: [0, top], text: shareText }),
        ...axisLeft({ label: "share of rows that failed", domain: [0, top], text: shareText }),
        Plot.line(
          [
            [0, 0],
            [top, top],
          ],
          { stroke: "var(--muted)", strokeDasharray: "1 3", strokeWidth: 1.5 },
        ),
        together === null
          ? null
          : Plot.ruleX(bins, {
              x: "predicted",
              y1: "low",
              y2: (bin: { high: number }) => Math.min(bin.high, top),
              stroke: style.stroke,
              strokeOpacity: 0.45,
              strokeWidth: 2,
            }),
        Plot.line(bins, { x: "predicted", y: "observed", stroke: style.stroke, strokeWidth: 1.5 }),
        Plot.dot(bins, {
          x: "predicted",
          y: "observed",
          r: 4,
          fill: style.stroke,
          stroke: "var(--paper)",
          strokeWidth: 1,
          title: (bin) =>
            `predicted ${percent(bin.predicted)}, observed ${percent(bin.observed)}, ${count(bin.count)} rows`,
        }),
      ],
    },
  });
  return figureWith({
    title: TITLE,
    reading: `${dots(found, style.learner)} On the dotted line, of the rows given 30 % three in ten fail; below it the model warns too loudly, above it too softly.${bars(together)}`,
    plot,
  });
}

function dots(bins: readonly { predicted: number; count: number }[], learner: string): string {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (bins.length === 1) return `The dot stands for all ${plural(total, "row")} (${learner}).`;
  const expected = bins.reduce((sum, bin) => sum + bin.predicted * bin.count, 0) / bins.length;
  const sizes = bins.map((bin) => bin.count);
  return `Each dot stands for rows of like probability, among which about ${count(expected)} were predicted to fail: ${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} rows a dot, ${count(total)} in all (${learner}).`;
}

function bars(together: number | null): string {
  if (together === null) return "";
  return ` Bars are 95 % intervals; as the rows before one failure rise and fall together, ${together < 1.5 ? "each row counts once" : `${count(together)} rows count as one`}.`;
}

/** How many failing rows one failure makes: so many rows say no more than one. Null where failures were not counted. */
function rowsPerFailure({ positives, failures, partlyObserved }: LearnerMetrics): number | null {
  if (!defined(positives) || !defined(failures)) return null;
  const all = failures + (defined(partlyObserved) ? partlyObserved : 0);
  return all > 0 ? Math.max(1, positives / all) : null;
}
