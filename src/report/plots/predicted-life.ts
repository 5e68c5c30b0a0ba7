/** Predicted against true remaining life, a dot a row. */
import * as Plot from "@observablehq/plot";
import type { ReportData } from "../data.ts";
import { count, figure } from "../format.ts";
import type { Markup } from "../html.ts";
import { bestLearner, lifeUnitName } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";
import { niceStep } from "./ticks.ts";

const MOST_DOTS = 1200;

const TITLE = "Predicted against true life";

export function predictedLifePlot(data: ReportData): Markup | null {
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const points = data.curves.find((curve) => curve.learner === data.best)?.life;
  if (style === undefined || !points || points.length === 0) return null;
  const reach = points.reduce((most, point) => Math.max(most, point.actual, point.predicted), 1);
  const step = niceStep(reach / 5);
  const top = Math.ceil(reach / step) * step;
  const stride = Math.max(1, Math.ceil(points.length / MOST_DOTS));
  const shown = points.filter((_, i) => i % stride === 0);
  const unit = lifeUnitName(data.time);
  const plot = draw({
    title: TITLE,
    description: `Predicted against true remaining life in ${unit}, ${count(shown.length)} rows; RMSE ${figure(bestLearner(data)?.rmse)}.`,
    height: 340,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, top], axis: null },
      y: { domain: [0, top], axis: null },
      marks: [
        ...axisBelow({ label: `true remaining life, ${unit}`, domain: [0, top] }),
        ...axisLeft({ label: `predicted, ${unit}`, domain: [0, top] }),
        Plot.line(
          [
            [0, 0],
            [top, top],
          ],
          { stroke: "var(--muted)", strokeDasharray: "1 3", strokeWidth: 1.5 },
        ),
        Plot.dot(shown, {
          x: "actual",
          y: "predicted",
          r: shown.length > 300 ? 1.8 : 3,
          fill: style.stroke,
          fillOpacity: shown.length > 300 ? 0.4 : 0.65,
        }),
      ],
    },
  });
  const left = shown.length < points.length ? ` (one in ${count(stride)} of ${count(points.length)})` : "";
  return figureWith({
    title: TITLE,
    reading: `A dot a row; on the dotted line the prediction is right, above it the model promises too long a life. N: ${count(shown.length)} rows shown${left}.`,
    plot,
  });
}
