/** A panel a failure: how the score rose before it, when the alarm came, and what became of it. */
import { durationLength, lifeUnit } from "../../core/time.ts";
import type { FailureTimeline, ReportData } from "../data.ts";
import { count, defined, instant, plural, span, unbroken } from "../format.ts";
import { html, Markup } from "../html.ts";
import { ALARM_MARKS, type TimelineFrame, timelinePlot } from "../plots/timeline.ts";
import { durationInWords } from "../words.ts";
import { alarmRule } from "./alarm-rule.ts";
import { earlySentence, earlyWarning } from "./early-warning.ts";

/** So many are open; the others are folded away. */
const MOST_OPEN = 24;
const OUTCOMES = ["missed", "late", "caught", "partly observed"] as const;
const CLASSES = { caught: "good", late: "unproven", missed: "poor", "partly observed": "unknown" } as const;

/** @param room how many bytes the section may take; what does not fit is left out, and said to be */
export function timelinesSection(data: ReportData, room: number): Markup | null {
  if (data.task.kind === "regression" || data.failures.length === 0) return null;
  const { open, rest } = choose(data.failures);
  const frame = frameOf(data, data.failures);
  const panels = open.map((failure) => panel(data, failure, frame));
  const section = (folded: readonly Markup[]) => html`<section id="failures" aria-labelledby="failures-title">
<h2 id="failures-title">Each failure, and what came before it</h2>
<p>${unbroken([shownSentence(data.failures, open, folded.length), readingSentence(data), ...earlySentence(data)].join(" "))}</p>
${alarmRule(data)}
${alarmLegend()}
<ol class="panels">${panels}</ol>
${folded.length === 0 ? null : html`<details><summary>${plural(folded.length, "more failure")}</summary><ol class="panels">${folded}</ol></details>`}
</section>
`;
  // What is folded may change a few words above it, hence the margin.
  let left = room - bytes(section([])) - 1_000;
  const folded: Markup[] = [];
  for (const failure of rest) {
    const next = panel(data, failure, frame);
    left -= bytes(next);
    if (left < 0) break;
    folded.push(next);
  }
  return section(folded);
}

function bytes({ text }: Markup): number {
  return Buffer.byteLength(text);
}

/** Half the open places for what went wrong, the rest for what went right, what is left over for either; in order of time. */
function choose(failures: readonly FailureTimeline[]): { open: FailureTimeline[]; rest: FailureTimeline[] } {
  const order = ({ outcome }: FailureTimeline) => OUTCOMES.indexOf(outcome);
  const places = failures.map((_, at) => at);
  const of = (...outcomes: string[]) => places.filter((at) => outcomes.includes(failures[at].outcome));
  const wrong = of("missed", "late");
  const right = of("caught");
  const wrongOpen = wrong.slice(0, Math.max(MOST_OPEN / 2, MOST_OPEN - right.length));
  const rightOpen = right.slice(0, MOST_OPEN - wrongOpen.length);
  const partOpen = of("partly observed").slice(0, MOST_OPEN - wrongOpen.length - rightOpen.length);
  const open = new Set([...wrongOpen, ...rightOpen, ...partOpen]);
  places.sort((a, b) => order(failures[a]) - order(failures[b]) || failures[a].time - failures[b].time || a - b);
  const chosen = (isOpen: boolean) => places.filter((at) => open.has(at) === isOpen).map((at) => failures[at]);
  return { open: chosen(true), rest: chosen(false) };
}

function shownSentence(all: readonly FailureTimeline[], open: readonly FailureTimeline[], folded: number): string {
  if (open.length === all.length)
    return all.length === 1 ? "The one failure is shown." : `All ${count(all.length)} failures are shown.`;
  const parts = OUTCOMES.flatMap((outcome) => {
    const of = (list: readonly FailureTimeline[]) => list.filter((failure) => failure.outcome === outcome).length;
    return of(all) === 0 ? [] : [`${count(of(open))} of ${count(of(all))} ${outcome}`];
  });
  const left = all.length - open.length - folded;
  const others = [
    folded === 0 ? null : `${count(folded)} more can be unfolded below them`,
    left === 0 ? null : `${count(left)} are left out to keep this file below 1 MB`,
  ].filter((part) => part !== null);
  return `${count(open.length)} of ${count(all.length)} failures are shown (${parts.join(", ")}); ${others.join(", ")}.`;
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
  const early = earlyWarning(data, failure);
  const note =
    early === null ? null : `warned ${span(early, data.time)} ahead, before the horizon: a false alarm by the rule`;
  const alarms = failure.alarms.map(
    (alarm) =>
      `${ALARM_MARKS[alarm.verdict].words} ${span((failure.time - alarm.raisedAt) / lifeUnit(data.time), data.time)} before`,
  );
  const description = `Score of ${machine} before the failure${what} at ${when}: ${fate}. ${alarms.length === 0 ? "No alarm." : `${alarms.join(", ")}.`}`;
  const plot =
    failure.points.length === 0 && failure.alarms.length === 0
      ? html`<p class="empty">no row was scored before this failure</p>`
      : timelinePlot(failure, frame, { title: `${machine}${what}`, description });
  return html`<li><h3><span class="name">${machine}${failure.component === "" ? null : html` <span class="part">${failure.component}</span>`}</span> <span class="badge ${CLASSES[failure.outcome]}">${unbroken(fate)}</span></h3><p class="when">${when}</p>${plot}${note === null ? null : html`<p class="when">${unbroken(note)}</p>`}</li>
`;
}

function frameOf(data: ReportData, failures: readonly FailureTimeline[]): TimelineFrame {
  const unit = lifeUnit(data.time);
  const furthest = Math.max(
    0,
    ...failures.map((failure) => (failure.points.length === 0 ? 0 : (failure.time - failure.points[0].cutoff) / unit)),
  );
  const threeHorizons = data.horizon === null ? furthest : (3 * durationLength(data.horizon, data.time)) / unit;
  const values = failures
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
