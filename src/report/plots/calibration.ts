/** Whether a predicted probability can be taken at its word: predicted beside observed share, with the rows behind each point. */
import * as Plot from "@observablehq/plot";
import type { ReportData } from "../data.ts";
import { count, percent } from "../format.ts";
import type { Markup } from "../html.ts";
import { AXIS_MARGINS, axisBelow, axisLeft, shareText } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";
import { niceStep } from "./ticks.ts";

const TITLE = "Calibration";

export function calibrationPlot(data: ReportData): Markup | null {
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const bins = data.curves
    .find((curve) => curve.learner === data.best)
    ?.calibration?.filter((bin) => bin.count > 0)
    .toSorted((a, b) => a.predicted - b.predicted);
  if (style === undefined || bins === undefined || bins.length === 0) return null;
  // Rare failures crowd all bins into a corner: the axes end where the bins do.
  const reach = Math.max(...bins.map((bin) => Math.max(bin.predicted, bin.observed)));
  const top =
    reach > 0.5 ? 1 : Math.min(1, Math.ceil((reach * 1.1) / niceStep(reach / 4)) * niceStep(reach / 4) || 0.1);
  const most = Math.max(...bins.map((bin) => bin.count));
  const radius = (bin: { count: number }) => 2.5 + 8 * Math.sqrt(bin.count / most);
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  const plot = draw({
    title: TITLE,
    description: `Calibration of ${style.learner}: ${bins.map((bin) => `predicted ${percent(bin.predicted)}, observed ${percent(bin.observed)}, ${count(bin.count)} rows`).join("; ")}.`,
    height: 300,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, top], axis: null },
      y: { domain: [0, top], axis: null },
      r: { type: "identity" },
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
        Plot.line(bins, { x: "predicted", y: "observed", stroke: style.stroke, strokeWidth: 1.5 }),
        Plot.dot(bins, {
          x: "predicted",
          y: "observed",
          r: radius,
          fill: style.stroke,
          fillOpacity: 0.75,
          title: (bin) =>
            `predicted ${percent(bin.predicted)}, observed ${percent(bin.observed)}, ${count(bin.count)} rows`,
        }),
      ],
    },
  });
  return figureWith({
    title: TITLE,
    reading: `On the dotted line, of the rows given 30 % three in ten fail; below it the model warns too loudly, above it too softly. Larger dots stand on more rows: ${count(Math.min(...bins.map((bin) => bin.count)))} to ${count(most)} a dot, ${count(total)} in all (${style.learner}).`,
    plot,
  });
}
