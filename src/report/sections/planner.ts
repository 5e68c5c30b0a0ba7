/** The planner's figures: one row a learner, and one for having no model. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, interval, NOT_DEFINED, percent, rate, span, unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { type Cell, table } from "../table.ts";
import { bestLearner, durationInWords, inReadingOrder, rateUnit } from "../words.ts";
import { componentsTable } from "./components.ts";
import { role } from "./role.ts";
import { thresholdSentence } from "./threshold.ts";

export function plannerSection(data: ReportData): Markup | null {
  if (data.task.kind === "regression" || data.learners.length === 0) return null;
  const unit = rateUnit(data.time);
  const learners = inReadingOrder(data);
  const head = [
    "Learner",
    "Caught",
    "Late",
    "Missed",
    "Partly observed",
    "Warning, median",
    `False alarms per ${unit}`,
    "Cost",
  ];
  const reference = bestLearner(data) ?? learners.find((learner) => learner.skipped === undefined);
  const rows = learners.map((learner) => learnerRow(data, learner));
  if (reference !== undefined && reference.failures !== null) rows.push(noModelRow(reference));
  const threshold = thresholdSentence(data);
  return html`<section id="planner" aria-labelledby="planner-title">
<h2 id="planner-title">What a planner would have seen</h2>
${threshold === null ? null : html`<p class="lead">${unbroken(threshold)}</p>`}
${table({ caption: "Alarms and failures in the evaluated rows, by learner", head, rows, strong: data.best === null ? undefined : 0 })}
<p class="note">${unbroken(notes(data))}</p>
${componentsTable(data)}
</section>
`;
}

function learnerRow(data: ReportData, learner: LearnerMetrics): Cell[] {
  const name = html`${learner.learner} <small>${role(data, learner)}</small>`;
  if (learner.skipped !== undefined) return [name, html`<span class="skipped">not scored: ${learner.skipped}</span>`];
  const { failures, caught } = learner;
  const known = defined(failures) && defined(caught);
  const share =
    known && failures > 0 ? [percent(caught / failures), interval(learner.caughtShareInterval, percent)] : [];
  return [
    name,
    known
      ? withNote(`${count(caught)} of ${count(failures)}`, bracket(share[0] ?? null, share[1] ?? null))
      : NOT_DEFINED,
    count(learner.late),
    count(learner.missed),
    count(learner.partlyObserved),
    defined(learner.warningMedian)
      ? withNote(
          span(learner.warningMedian, data.time),
          learner.warningShortest === learner.warningLongest
            ? null
            : `${span(learner.warningShortest, data.time)} to ${span(learner.warningLongest, data.time)}`,
        )
      : NOT_DEFINED,
    defined(learner.falseAlarmsPerMachineMonth)
      ? withNote(
          rate(learner.falseAlarmsPerMachineMonth),
          interval(learner.falseAlarmsPerMachineMonthInterval, rate) ?? "no interval",
          defined(learner.falseAlarms) && defined(learner.alarms)
            ? `${count(learner.falseAlarms)} of ${count(learner.alarms)} alarms`
            : null,
        )
      : NOT_DEFINED,
    defined(learner.cost)
      ? withNote(count(learner.cost), interval(learner.costInterval, count) ?? "no interval")
      : NOT_DEFINED,
  ];
}

function noModelRow(reference: LearnerMetrics): Cell[] {
  return [
    "no model",
    `0 of ${count(reference.failures)}`,
    "0",
    count(reference.failures),
    count(reference.partlyObserved),
    "none",
    "0",
    count(reference.costWithoutModel),
  ];
}

function withNote(text: string, ...notes: readonly (string | null)[]): Markup {
  return html`${text}${notes.filter((note) => note !== null).map((note) => html` <small>${note}</small>`)}`;
}

function bracket(share: string | null, range: string | null): string | null {
  return share === null ? null : `${share} (${range ?? "no interval"})`;
}

function notes(data: ReportData): string {
  const lead = data.leadTime === null ? "" : ` at least ${durationInWords(data.leadTime)} ahead and`;
  const horizon = data.horizon === null ? "before it" : `within ${durationInWords(data.horizon)} of it`;
  const cost =
    data.costs === null
      ? " No costs were given."
      : ` Costs are in the unit of those given: ${count(data.costs.missed)} for a missed or late failure, ${count(data.costs.falseAlarm)} for a false alarm, ${count(data.costs.planned)} for planned work after a true one; the schedule pays planned work for each replacement it calls for.`;
  return `A failure is caught if an alarm was raised${lead} ${horizon}; late if only after that. Failures only partly observed count in no figure. Ranges are shortest to longest for the warning, else 95 % intervals from a bootstrap over machines.${cost}`;
}
