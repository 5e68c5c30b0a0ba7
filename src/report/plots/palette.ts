/** Which colour and dash a learner has in every plot: told apart without seeing colour, by dash and by order. */
import type { ReportData } from "../data.ts";
import { html, Markup } from "../html.ts";
import { inReadingOrder } from "../words.ts";

interface LearnerStyle {
  learner: string;
  stroke: string;
  dash: string;
}

const DASHES = ["none", "6 3", "2 3", "8 3 2 3", "10 3", "4 2 1 2"];

/** The styles of all scored learners, in reading order; colours are those of the page's style sheet. */
export function learnerStyles(data: ReportData): LearnerStyle[] {
  return inReadingOrder(data)
    .filter((learner) => learner.skipped === undefined)
    .map(({ learner }, index) => ({
      learner,
      stroke: `var(--c${index % 6})`,
      dash: DASHES[index % DASHES.length],
    }));
}

/** A legend of lines, as text beside samples. */
export function legend(entries: readonly LearnerStyle[]): Markup {
  return html`<ul class="legend">${entries.map(({ learner, stroke, dash }) => {
    const line = `<svg width="26" height="10" aria-hidden="true"><path d="M1,5H25" fill="none" stroke="${stroke}" stroke-width="2.5" stroke-dasharray="${dash}"></path></svg>`;
    return html`<li>${new Markup(line)} ${learner}</li>`;
  })}</ul>`;
}
