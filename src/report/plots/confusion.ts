/** Which class was decided for rows of which true class, as a table shaded by the share of each true class. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import { count, percent } from "../format.ts";
import { html, type Markup } from "../html.ts";

export function confusionTable(learner: LearnerMetrics): Markup | null {
  const { confusion, classes } = learner;
  if (confusion === null || classes === null || classes.length === 0) return null;
  const total = confusion.flat().reduce((sum, n) => sum + n, 0);
  const row = (cells: readonly number[], r: number) => {
    const rows = cells.reduce((sum, n) => sum + n, 0);
    const shade = (n: number) => (rows === 0 ? 0 : Math.round((n / rows) * 5));
    return html`<tr><th scope="row">${classes[r]}</th>${cells.map(
      (n, c) =>
        html`<td class="n s${shade(n)}${c === r ? " right" : ""}">${count(n)} <small>${rows === 0 ? null : percent(n / rows)}</small></td>`,
    )}<td class="n">${count(rows)}</td></tr>
`;
  };
  return html`<figure class="wide"><h3>What was decided for what happened</h3>
<div></div><div class="scroll" tabindex="0" role="group" aria-label="Confusion matrix"><table class="confusion"><caption>Each row’s most likely class by ${learner.learner}; N: ${count(total)}</caption>
<thead><tr><th scope="col">true, down; decided, across</th>${classes.map((name) => html`<th scope="col" class="n">${name}</th>`)}<th scope="col" class="n">rows</th></tr></thead>
<tbody>${confusion.map(row)}</tbody></table></div>
<figcaption>Each line is a true class; shares are of that class. Outlined cells are right.</figcaption></figure>
`;
}
