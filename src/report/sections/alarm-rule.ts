/** The rule by which alarms are raised and judged, in plain words, folded away. */
import type { ReportData } from "../data.ts";
import { unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { durationInWords } from "../words.ts";

export function alarmRule(data: ReportData): Markup {
  const horizon = data.horizon === null ? "the horizon" : durationInWords(data.horizon);
  const lead = data.leadTime === null ? null : durationInWords(data.leadTime);
  const terms: [term: string, meaning: string][] = [
    [
      "Caught",
      `a failure before which an alarm was raised at most ${horizon}${lead === null ? "" : ` and at least ${lead}`} ahead.`,
    ],
    [
      "Late",
      lead === null
        ? "a failure with an alarm only after that; as no lead time was asked for, there is none here."
        : `a failure with an alarm only in its last ${lead}: too late to plan for. The alarm is not counted as false.`,
    ],
    ["Missed", `a failure with no alarm in the ${horizon} before it.`],
    ["False alarm", `an alarm after which no failure came within ${horizon}, even if one came later.`],
    [
      "Ended by planned work",
      "an alarm after which no failure came and a planned replacement ended it: whether it was right cannot be known. It counts neither as true nor as false.",
    ],
    [
      "Partly observed",
      `a failure whose ${horizon} before it do not lie wholly in the evaluated rows: an alarm may have been possible where nobody looked. It counts in no figure.`,
    ],
  ];
  return html`<details><summary>When an alarm is raised, and how it is counted</summary>
<p>${unbroken(
    `An alarm is raised when the score of a machine reaches the line (the threshold) and no alarm is open for that machine. It stays open for ${horizon}, or until the machine fails or a component is replaced as planned. If the score is still at or above the line then, the alarm is raised again and counted again: a score that stays high for long makes several alarms.`,
  )}</p>
<dl>${terms.map(([term, meaning]) => html`<dt>${term}</dt><dd>${unbroken(meaning)}</dd>`)}</dl>
</details>`;
}
