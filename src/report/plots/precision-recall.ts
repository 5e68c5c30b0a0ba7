/** Precision against recall for every learner, with the base rate that guessing would reach. */
import * as Plot from "@observablehq/plot";
import type { ReportData } from "../data.ts";
import { count, figure, percent, withInterval } from "../format.ts";
import type { Markup } from "../html.ts";
import { bestLearner } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft, shareText } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles, legend } from "./palette.ts";
import { thin } from "./thin.ts";

const TITLE = "Precision and recall";

export function precisionRecallPlot(data: ReportData): Markup | null {
  const curves = learnerStyles(data).flatMap((style) => {
    const points = data.curves.find((curve) => curve.learner === style.learner)?.precisionRecall;
    return points && points.length > 0 ? [{ style, points: thin(points, 300, (point) => point.precision) }] : [];
  });
  if (curves.length === 0) return null;
  const best = bestLearner(data) ?? data.learners.find((learner) => learner.learner === curves[0].style.learner);
  const base = best && best.positives !== null && best.rows > 0 ? best.positives / best.rows : null;
  const figures = curves.map(({ style }) => {
    const metrics = data.learners.find((learner) => learner.learner === style.learner);
    return `${style.learner} ${withInterval(metrics?.averagePrecision, metrics?.averagePrecisionInterval, figure)}`;
  });
  const chance = base === null ? "" : ` Guessing stays on the dotted line, ${percent(base)}.`;
  const plot = draw({
    title: TITLE,
    description: `Precision-recall curves. Average precision: ${figures.join(", ")}.${chance}`,
    height: 300,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, 1], axis: null },
      y: { domain: [0, 1], axis: null },
      marks: [
        ...axisBelow({ label: "recall: share of failing rows found", domain: [0, 1], text: shareText }),
        ...axisLeft({ label: "precision: share of warned rows that fail", domain: [0, 1], text: shareText }),
        base === null ? null : Plot.ruleY([base], { stroke: "var(--muted)", strokeDasharray: "1 3", strokeWidth: 1.5 }),
        // The best is drawn last, on top.
        ...curves.toReversed().map(({ style, points }) =>
          Plot.line(points, {
            x: "recall",
            y: "precision",
            stroke: style.stroke,
            strokeWidth: 2,
            strokeDasharray: style.dash,
          }),
        ),
      ],
    },
  });
  const rows =
    best === undefined
      ? ""
      : ` N: ${count(best.rows)} rows, ${best.positives === null ? "failing rows not counted" : `${count(best.positives)} of them failing`}.`;
  return figureWith({
    title: TITLE,
    reading: `Each point is one alarm threshold; further up and right is better.${chance} Average precision: ${figures.join(", ")}.${rows}`,
    plot,
    legend: legend(curves.map(({ style }) => style)),
  });
}
