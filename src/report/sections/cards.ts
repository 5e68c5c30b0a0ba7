/** The best learner's figures, large: each with its interval and its N. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, figure, interval, NOT_DEFINED, percent, plural, rate, span, unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { bestLearner, lifeUnitName, rateUnit } from "../words.ts";

interface Card {
  title: string;
  figure: string;
  /** Set small beside the figure. Default: none. */
  unit?: string;
  notes: readonly (string | null)[];
}

export function cards(data: ReportData): Markup | null {
  const best = bestLearner(data);
  if (best === undefined) return null;
  const list = data.task.kind === "regression" ? lifeCards(data, best) : failureCards(data, best);
  return html`<ul class="cards" aria-label="Figures of ${best.learner}">${list.map(
    (card) =>
      html`<li><h3>${card.title}</h3><p class="figure${card.figure === NOT_DEFINED ? " none" : null}">${unbroken(card.figure)}${card.unit === undefined || card.figure === NOT_DEFINED ? null : html` <span class="unit">${card.unit}</span>`}</p>${card.notes
        .filter((note) => note !== null)
        .map((note) => html`<p class="note">${unbroken(note)}</p>`)}</li>
`,
  )}</ul>
`;
}

function failureCards(data: ReportData, best: LearnerMetrics): Card[] {
  const { failures, caught } = best;
  const known = defined(failures) && defined(caught);
  const unit = rateUnit(data.time);
  const observed = observedText(data, best);
  return [
    {
      title: "Failures caught",
      figure: known ? `${count(caught)} of ${count(failures)}` : NOT_DEFINED,
      notes: [
        known && failures > 0 ? range(interval(best.caughtShareInterval, percent)) : null,
        known && failures > 0
          ? `${percent(caught / failures)}; ${count(best.late)} late, ${count(best.missed)} missed`
          : null,
      ],
    },
    {
      title: "Warning, median",
      figure: span(best.warningMedian, data.time),
      notes: [
        defined(best.warningShortest) && best.warningShortest !== best.warningLongest
          ? `${span(best.warningShortest, data.time)} to ${span(best.warningLongest, data.time)}`
          : null,
        known ? `N: ${plural(caught, "caught failure")}` : null,
      ],
    },
    {
      title: "False alarms",
      figure: rate(best.falseAlarmsPerMachineMonth),
      unit: `per ${unit}`,
      notes: [
        defined(best.falseAlarmsPerMachineMonth)
          ? range(interval(best.falseAlarmsPerMachineMonthInterval, rate))
          : null,
        defined(best.falseAlarms) && defined(best.alarms)
          ? `${count(best.falseAlarms)} of ${plural(best.alarms, "alarm")}${observed === null ? "" : ` in ${observed}`}`
          : null,
      ],
    },
    {
      title: "Cost",
      figure: count(best.cost),
      notes: [
        data.costs === null ? "no costs were given" : null,
        defined(best.cost) ? range(interval(best.costInterval, count)) : null,
        defined(best.costOfSchedule) ? `schedule: ${count(best.costOfSchedule)}` : null,
        defined(best.costWithoutModel) ? `no model: ${count(best.costWithoutModel)}` : null,
        data.costs === null || !defined(best.cost)
          ? null
          : `in the unit of the costs given (missed ${count(data.costs.missed)}, false alarm ${count(data.costs.falseAlarm)}, planned ${count(data.costs.planned)})`,
      ],
    },
  ];
}

function lifeCards(data: ReportData, best: LearnerMetrics): Card[] {
  const unit = lifeUnitName(data.time);
  const rows = `N: ${plural(best.rows, "row")}${defined(data.evaluated.machines) ? ` of ${plural(data.evaluated.machines, "machine")}` : ""}`;
  return [
    {
      title: "Error (RMSE)",
      figure: figure(best.rmse),
      unit,
      notes: [defined(best.rmse) ? range(interval(best.rmseInterval, figure)) : null, rows],
    },
    { title: "Mean absolute error", figure: figure(best.mae), unit, notes: ["interval not computed", rows] },
    ...(data.time === "cycles"
      ? [
          {
            title: "NASA score",
            figure: count(best.nasaScore),
            notes: ["lower is better; interval not computed", rows],
          },
        ]
      : []),
  ];
}

function range(text: string | null): string {
  return text === null ? "no interval" : `95 % interval ${text}`;
}

function observedText(data: ReportData, best: LearnerMetrics): string | null {
  if (!defined(best.machineMonths)) return null;
  return data.time === "cycles"
    ? `${count(best.machineMonths * 1000)} cycles`
    : `${figure(best.machineMonths)} machine-months`;
}
