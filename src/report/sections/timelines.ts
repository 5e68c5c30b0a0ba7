/** A panel a failure: how the score rose before it, when the alarm came, and what became of it. */
import { durationLength, lifeUnit } from "../../core/time.ts";
import type { FailureTimeline, ReportData } from "../data.ts";
import { count, defined, instant, span, unbroken } from "../format.ts";
import { html, Markup } from "../html.ts";
import { ALARM_MARKS, type TimelineFrame, timelinePlot } from "../plots/timeline.ts";
import { durationInWords } from "../words.ts";

const MOST_SHOWN = 24;
const OUTCOMES = ["missed", "late", "caught", "partly observed"] as const;
const CLASSES = { caught: "good", late: "unproven", missed: "poor", "partly observed": "unknown" } as const;

export function timelinesSection(data: ReportData): Markup | null {
  if (data.task.kind === "regression" || data.failures.length === 0) return null;
  const shown = choose(data.failures);
  const frame = frameOf(data, shown);
  return html`<section id="failures" aria-labelledby="failures-title">
<h2 id="failures-title">Each failure, and what came before it</h2>
<p>${unbroken(`${shownSentence(data.failures, shown)} ${readingSentence(data)}`)}</p>
${alarmLegend()}
<ol class="panels">${shown.map((failure) => panel(data, failure, frame))}</ol>
</section>
`;
}

/** Half the room for what went wrong, the rest for what went right, what is left over for either; in order of time. */
function choose(failures: readonly FailureTimeline[]): FailureTimeline[] {
  const of = (...outcomes: string[]) => failures.filter(({ outcome }) => outcomes.includes(outcome));
  const wrong = of("missed", "late");
  const right = of("caught");
  const part = of("partly observed");
  const wrongShown = wrong.slice(0, Math.max(MOST_SHOWN / 2, MOST_SHOWN - right.length));
  const rightShown = right.slice(0, MOST_SHOWN - wrongShown.length);
  const partShown = part.slice(0, MOST_SHOWN - wrongShown.length - rightShown.length);
  const order = (failure: FailureTimeline) => OUTCOMES.indexOf(failure.outcome);
  return [...wrongShown, ...rightShown, ...partShown]
    .map((failure) => ({ failure, at: failures.indexOf(failure) }))
    .sort((a, b) => order(a.failure) - order(b.failure) || a.failure.time - b.failure.time || a.at - b.at)
    .map(({ failure }) => failure);
}

function shownSentence(all: readonly FailureTimeline[], shown: readonly FailureTimeline[]): string {
  const left = all.length - shown.length;
  if (left === 0)
    return all.length === 1 ? "The one failure is shown." : `All ${count(all.length)} failures are shown.`;
  const parts = OUTCOMES.flatMap((outcome) => {
    const of = (list: readonly FailureTimeline[]) => list.filter((failure) => failure.outcome === outcome).length;
    return of(all) === 0 ? [] : [`${count(of(shown))} of ${count(of(all))} ${outcome}`];
  });
  return `${count(shown.length)} of ${count(all.length)} failures are shown (${parts.join(", ")}); ${count(left)} are left out.`;
}

function readingSentence(data: ReportData): string {
  const horizon = data.horizon === null ? "" : durationInWords(data.horizon);
  const lead = data.leadTime === null ? "the failure" : `${durationInWords(data.leadTime)} before it`;
  const shaded =
    data.horizon === null
      ? ""
      : ` An alarm counts in the shaded stretch, from ${horizon} before the failure to ${lead}.`;
  return `The line is the score of ${data.best ?? "the model"}, the dashed line the alarm threshold.${shaded} A line that breaks off had no row to score.`;
}

function alarmLegend(): Markup {
  const shapes = {
    true: '<path d="M6,1L11,10H1Z"',
    late: '<path d="M6,0L11,6L6,12L1,6Z"',
    planned: '<path d="M1.5,1.5H10.5V10.5H1.5Z"',
    false: '<path d="M2,2L10,10M10,2L2,10" fill="none" stroke-width="2.5"',
  };
  return html`<ul class="legend">${(["true", "late", "false", "planned"] as const).map((verdict) => {
    const { colour, words } = ALARM_MARKS[verdict];
    const paint = verdict === "false" ? `stroke="${colour}"` : `fill="${colour}"`;
    return html`<li>${new Markup(`<svg width="12" height="12" aria-hidden="true">${shapes[verdict]} ${paint}></path></svg>`)} ${words}</li>`;
  })}</ul>`;
}

function panel(data: ReportData, failure: FailureTimeline, frame: TimelineFrame): Markup {
  const machine = data.machines[failure.machine] ?? `machine ${failure.machine}`;
  const when = instant(failure.time, data.time);
  const warning = defined(failure.warning) ? `${span(failure.warning, data.time)} ahead` : null;
  const fate = warning === null ? failure.outcome : `${failure.outcome}, ${warning}`;
  const what = failure.component === "" ? "" : `, ${failure.component}`;
  const alarms = failure.alarms.map(
    (alarm) =>
      `${ALARM_MARKS[alarm.verdict].words} ${span((failure.time - alarm.raisedAt) / lifeUnit(data.time), data.time)} before`,
  );
  const description = `Score of ${machine} before the failure${what} at ${when}: ${fate}. ${alarms.length === 0 ? "No alarm." : `${alarms.join(", ")}.`}`;
  const plot =
    failure.points.length === 0 && failure.alarms.length === 0
      ? html`<p class="empty">no row was scored before this failure</p>`
      : timelinePlot(failure, frame, { title: `${machine}${what}`, description });
  return html`<li><h3><span class="name">${machine}${failure.component === "" ? null : html` <span class="part">${failure.component}</span>`}</span> <span class="badge ${CLASSES[failure.outcome]}">${unbroken(fate)}</span></h3><p class="when">${when}</p>${plot}</li>
`;
}

function frameOf(data: ReportData, shown: readonly FailureTimeline[]): TimelineFrame {
  const unit = lifeUnit(data.time);
  const furthest = Math.max(
    0,
    ...shown.map((failure) => (failure.points.length === 0 ? 0 : (failure.time - failure.points[0].cutoff) / unit)),
  );
  const threeHorizons = data.horizon === null ? furthest : (3 * durationLength(data.horizon, data.time)) / unit;
  const values = shown
    .flatMap(({ points, threshold }) => [...points.map(({ score }) => score), threshold])
    .filter(defined);
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const probabilities = low >= 0 && high <= 1;
  const margin = (high - low) * 0.06 || 0.5;
  // A reach beyond three horizons makes what matters small; the rest is cut off.
  return {
    time: data.time,
    horizon: data.horizon,
    leadTime: data.leadTime,
    reach: threeHorizons > 0 ? threeHorizons : 1,
    scores: probabilities ? [0, high > 0.5 ? 1 : Math.max(high * 1.1, 0.01)] : [low - margin, high + margin],
  };
}
