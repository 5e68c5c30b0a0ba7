/** How long before the failure the warning came, as a histogram over the caught failures of the best learner. */
import * as Plot from "@observablehq/plot";
import { durationLength, lifeUnit } from "../../core/time.ts";
import type { ReportData } from "../data.ts";
import { count, defined, plural, span } from "../format.ts";
import type { Markup } from "../html.ts";
import { bestLearner, lifeUnitName } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";
import { niceStep, ticks } from "./ticks.ts";

const TITLE = "Warning time";

export function warningTimePlot(data: ReportData): Markup | null {
  const best = bestLearner(data);
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const warnings = data.curves.find((curve) => curve.learner === data.best)?.warnings?.filter(defined);
  if (best === undefined || style === undefined || warnings === undefined || warnings.length === 0) return null;
  const inUnit = (duration: string | null) =>
    duration === null ? null : durationLength(duration, data.time) / lifeUnit(data.time);
  const lead = inUnit(data.leadTime);
  const reach = Math.max(inUnit(data.horizon) ?? 0, ...warnings);
  const width = binWidth(reach);
  const end = Math.ceil(reach / width - 1e-9) * width;
  const bins = Array.from({ length: Math.round(end / width) }, (_, i) => ({
    from: i * width,
    to: (i + 1) * width,
    n: 0,
  }));
  // A warning on a bin's edge belongs to the bin that ends there: 24 h is within 24 h.
  for (const warning of warnings) bins[Math.max(0, Math.ceil(warning / width - 1e-9) - 1)].n += 1;
  const most = Math.max(...bins.map((bin) => bin.n));
  const marks = ticks(0, end, 6);
  const plot = draw({
    title: TITLE,
    description: `Warning times of ${plural(warnings.length, "caught failure")}: median ${span(best.warningMedian, data.time)}, ${span(best.warningShortest, data.time)} to ${span(best.warningLongest, data.time)}.`,
    height: 300,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, end], axis: null },
      y: { domain: [0, most * 1.12], axis: null },
      marks: [
        ...axisBelow({
          label: `warning before the failure, ${lifeUnitName(data.time)}`,
          domain: [0, end],
          at: hourTicks(end) ?? marks,
        }),
        ...axisLeft({ label: "failures caught", domain: [0, most], at: ticks(0, most, 4).filter(Number.isInteger) }),
        Plot.rectY(
          bins.filter((bin) => bin.n > 0),
          { x1: "from", x2: "to", y: "n", fill: style.stroke, inset: 0.75 },
        ),
        Plot.text(
          bins.filter((bin) => bin.n > 0),
          { x: (bin) => (bin.from + bin.to) / 2, y: "n", dy: -7, text: (bin) => count(bin.n), fill: "var(--ink)" },
        ),
        lead === null ? null : Plot.ruleX([lead], { stroke: "var(--poor)", strokeWidth: 1.5, strokeDasharray: "5 3" }),
      ],
    },
  });
  const needed = lead === null ? "" : ` The dashed line is the warning asked for, ${span(lead, data.time)}.`;
  return figureWith({
    title: TITLE,
    reading: `Caught failures by how long before them the alarm came; further right leaves more time to plan.${needed} N: ${plural(warnings.length, "failure")} caught by ${best.learner}, median ${span(best.warningMedian, data.time)}.`,
    plot,
  });
}

function binWidth(reach: number): number {
  for (const width of [1, 2, 3, 6, 12, 24]) if (reach / width <= 14 && reach / width >= 5) return width;
  return niceStep(reach / 12) || 1;
}

// Hours are read in quarters of a day.
function hourTicks(end: number): number[] | null {
  for (const step of [3, 6, 12, 24, 48]) {
    const n = end / step;
    if (n >= 3 && n <= 8 && Number.isInteger(n)) return Array.from({ length: n + 1 }, (_, i) => i * step);
  }
  return null;
}
