/** Where the figures come from: sources, rows, gates, and what is needed to make the same report again. */
import type { GateVerdict, ReportData } from "../data.ts";
import { count, defined, NOT_DEFINED } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { table } from "../table.ts";
import { filesSection } from "./files.ts";

export function dataSection(data: ReportData): Markup {
  return html`<section id="data" aria-labelledby="data-title">
<h2 id="data-title">Data and provenance</h2>
${sources(data)}
${filesSection(data)}
${gates(data.gates)}
<dl class="facts">
${fact("Trained rows", count(data.rows.trained))}
${fact("Evaluated rows", count(data.rows.evaluated))}
${fact("Censored rows", count(data.rows.censored), "their horizon was not over; they train nothing and count in no figure")}
${fact("Features", count(data.features))}
${fact("Seed", defined(data.seed) ? String(data.seed) : NOT_DEFINED)}
${fact("forewarn", data.packageVersion ?? NOT_DEFINED)}
${fact("Plan", html`<code>${data.planId ?? NOT_DEFINED}</code>`)}
</dl>
<p class="note">All instants are UTC. The same inputs, plan and seed give this file again, byte for byte.</p>
</section>
`;
}

function fact(name: string, value: Markup | string, note?: string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}${note === undefined ? null : html` <small>${note}</small>`}</dd></div>`;
}

function sources(data: ReportData): Markup {
  if (data.sources.length === 0) return html`<p class="note">No source was recorded.</p>`;
  const rows = data.sources.map(({ name, read, used, quarantined, reasons }) => [
    name,
    count(read),
    count(used),
    count(quarantined),
    reasons.length === 0 ? "–" : reasons.map((entry) => `${entry.reason}: ${count(entry.rows)}`).join("; "),
  ]);
  const head = ["Source", "Rows read", "Rows used", "Quarantined", "Why"];
  return table({ caption: "Rows by source", head, rows, numeric: [1, 2, 3] });
}

const VERDICTS = { passed: "good", refused: "poor", insufficient: "unproven" } as const;

function gates(list: readonly GateVerdict[]): Markup {
  if (list.length === 0) return html`<p class="note">No gate was asked before publication.</p>`;
  const rows = list.map(({ gate, verdict, detail }) => [
    gate,
    html`<span class="badge ${VERDICTS[verdict]}">${verdict}</span>`,
    detail,
  ]);
  return table({ caption: "Gates before publication", head: ["Gate", "Verdict", "Detail"], rows, numeric: [] });
}
