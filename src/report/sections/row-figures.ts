/** Figures over rows, for the data scientist: a row a learner, then a row a fold. */
import { NEVER } from "../../evaluation/candidate-thresholds.ts";
import type { FoldMetrics, LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, figure, interval, NOT_DEFINED, percent } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { type Cell, table } from "../table.ts";
import { inReadingOrder, lifeUnitName } from "../words.ts";
import { role } from "./role.ts";

export function rowFiguresSection(data: ReportData): Markup | null {
  const regression = data.task.kind === "regression";
  const unit = lifeUnitName(data.time);
  const head = regression
    ? ["Learner", "Rows", `RMSE, ${unit}`, `MAE, ${unit}`, ...(data.time === "cycles" ? ["NASA score"] : [])]
    : ["Learner", "Rows", "Average precision", "ROC AUC", "Log loss", "Brier score", "F1 by class", "Macro F1"];
  if (data.learners.length === 0) return null;
  const rows = inReadingOrder(data).map((learner) => [
    html`${learner.learner} <small>${role(data, learner)}</small>`,
    ...(learner.skipped !== undefined
      ? [html`<span class="skipped">not scored: ${learner.skipped}</span>`]
      : regression
        ? lifeCells(learner, data.time)
        : classCells(learner)),
  ]);
  return html`<section id="rows" aria-labelledby="rows-title">
<h2 id="rows-title">Figures over rows</h2>
${table({ caption: "Over all evaluated rows, each once; 95 % intervals from a bootstrap over machines", head, rows, strong: data.best === null ? undefined : 0 })}
${folds(data)}</section>
`;
}

function classCells(learner: LearnerMetrics): Cell[] {
  const share = defined(learner.positives) && learner.rows > 0 ? learner.positives / learner.rows : null;
  const f1 = Object.entries(learner.f1 ?? {});
  return [
    withNote(count(learner.rows), share === null ? null : `${count(learner.positives)} fail (${percent(share)})`),
    withNote(figure(learner.averagePrecision), range(learner.averagePrecision, learner.averagePrecisionInterval)),
    withNote(figure(learner.rocAuc), range(learner.rocAuc, learner.rocAucInterval)),
    figure(learner.logLoss),
    figure(learner.brier),
    f1.length === 0
      ? NOT_DEFINED
      : html`${f1.map(([name, value]) => html`<span class="pair">${name} ${figure(value)}</span> `)}`,
    figure(learner.macroF1),
  ];
}

function lifeCells(learner: LearnerMetrics, time: ReportData["time"]): Cell[] {
  return [
    count(learner.rows),
    withNote(figure(learner.rmse), range(learner.rmse, learner.rmseInterval)),
    figure(learner.mae),
    ...(time === "cycles" ? [count(learner.nasaScore)] : []),
  ];
}

function range(value: number | null, of: LearnerMetrics["rocAucInterval"]): string | null {
  return defined(value) ? (interval(of, figure) ?? "no interval") : null;
}

function withNote(text: string, note: string | null): Markup {
  return html`${text}${note === null ? null : html` <small>${note}</small>`}`;
}

function folds(data: ReportData): Markup | null {
  const learners = inReadingOrder(data).filter((learner) => learner.folds.length > 0);
  if (learners.length === 0) return null;
  const regression = data.task.kind === "regression";
  const anySkipped = learners.some((learner) => learner.folds.some((fold) => fold.skipped !== undefined));
  const head = [
    "Fold",
    "Learner",
    "Trained rows",
    "Evaluated rows",
    ...(regression ? [] : ["Threshold (raw score)"]),
    "Iterations",
    regression ? `RMSE, ${lifeUnitName(data.time)}` : "Average precision",
    ...(anySkipped ? ["Skipped because"] : []),
  ];
  const rows = learners.flatMap((learner) =>
    learner.folds.map((fold) => [...foldRow(learner, fold, regression), ...(anySkipped ? [fold.skipped ?? "–"] : [])]),
  );
  return table({
    caption: "By fold; a fold’s figures have no interval of their own",
    head,
    rows,
    numeric: regression ? [2, 3, 4, 5] : [2, 3, 4, 5, 6],
  });
}

function foldRow(learner: LearnerMetrics, fold: FoldMetrics, regression: boolean): Cell[] {
  const found = (text: string) => (fold.skipped === undefined ? text : "–");
  return [
    foldName(fold.name),
    learner.learner,
    count(fold.trained),
    count(fold.evaluated),
    ...(regression ? [] : [found(threshold(fold))]),
    fold.iterations === undefined ? "–" : count(fold.iterations),
    found(figure(regression ? fold.rmse : fold.averagePrecision)),
  ];
}

/** Instants to the minute, midnight as the day alone; a span in two lines. */
function foldName(name: string): Markup {
  const text = name.replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00Z/g, (_, day: string, clock: string) =>
    clock === "00:00" ? day : `${day} ${clock}`,
  );
  return html`${text.split(/(?<= to) /).map((line) => html`<span class="pair">${line}</span> `)}`;
}

/** Where raising no alarm at all costs least, the threshold is beyond every score. */
function threshold(fold: FoldMetrics): string {
  return fold.threshold === NEVER ? "never" : figure(fold.threshold);
}
