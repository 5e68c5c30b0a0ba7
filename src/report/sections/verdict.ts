/** The verdict, first and in words, with the figures behind it large. */
import type { ReportData } from "../data.ts";
import { unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { verdict } from "../verdict/verdict.ts";
import { cards } from "./cards.ts";

const SIGNS = { good: "✓", unproven: "?", poor: "✕", unknown: "–" };

export function verdictSection(data: ReportData): Markup {
  const { tone, headline, sentences, caveats = [], details = [] } = verdict(data);
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="sign" aria-hidden="true">${SIGNS[tone]}</span>${headline}</h2>
<p>${unbroken(sentences.join(" "))}</p>
${caveats.length === 0 ? null : html`<p><strong>How sure is that?</strong> ${unbroken(caveats.join(" "))}</p>`}
${details.length === 0 ? null : html`<p class="note">${unbroken(details.join(" "))}</p>`}
</section>
${cards(data)}`;
}
