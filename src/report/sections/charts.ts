/** The curves: for each task those that have a meaning, and in words why one is missing. */
import type { ReportData } from "../data.ts";
import { html, type Markup } from "../html.ts";
import { calibrationPlot } from "../plots/calibration.ts";
import { confusionTable } from "../plots/confusion.ts";
import { errorByLifePlot } from "../plots/error-by-life.ts";
import { importancePlot } from "../plots/importance.ts";
import { planCurvePlot } from "../plots/plan-curve.ts";
import { precisionRecallPlot } from "../plots/precision-recall.ts";
import { predictedLifePlot } from "../plots/predicted-life.ts";
import { warningTimePlot } from "../plots/warning-time.ts";
import { bestLearner } from "../words.ts";

export function chartsSection(data: ReportData): Markup {
  const best = bestLearner(data);
  const plots: [name: string, plot: Markup | null][] =
    data.task.kind === "regression"
      ? [
          ["predicted against true life", predictedLifePlot(data)],
          ["error by remaining life", errorByLifePlot(data)],
        ]
      : [
          ["caught against false alarms", planCurvePlot(data)],
          ["warning time", warningTimePlot(data)],
          ["precision and recall", precisionRecallPlot(data)],
          ["calibration", calibrationPlot(data)],
        ];
  if (data.task.kind === "multiclass")
    plots.push(["confusion matrix", best === undefined ? null : confusionTable(best)]);
  plots.push(["importance", importancePlot(data)]);
  const missing = plots.filter(([, plot]) => plot === null).map(([name]) => name);
  return html`<section id="curves" aria-labelledby="curves-title">
<h2 id="curves-title">How the model behaves</h2>
<div class="figures">
${plots.map(([, plot]) => plot)}</div>
${missing.length === 0 ? null : html`<p class="note">Not defined on these data: ${missing.join(", ")}.</p>`}
</section>
`;
}
