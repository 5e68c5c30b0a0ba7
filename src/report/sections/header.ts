/** The head of the report: which pipeline, what it predicts, on what it was evaluated, what came of it. */
import type { ReportData } from "../data.ts";
import { count, defined, instant, unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { durationInWords, taskInWords } from "../words.ts";
import { gapAfterSplit } from "./gap-after-split.ts";

export function header(data: ReportData): Markup {
  const { from, to, machines } = data.evaluated;
  const span =
    defined(from) && defined(to) ? `${instant(from, data.time)} to ${instant(to, data.time)}` : "nothing was evaluated";
  const gap = gapAfterSplit(data);
  return html`<header>
<p class="over">Evaluation report</p>
<h1>${data.pipeline}</h1>
<dl class="facts">
<div><dt>Predicts</dt><dd>${unbroken(taskInWords(data))}${data.leadTime === null || data.task.kind === "regression" ? null : html` <small>${unbroken(`a warning less than ${durationInWords(data.leadTime)} ahead is late`)}</small>`}</dd></div>
<div><dt>Evaluated on</dt><dd>${unbroken(span)}${gap === null ? null : html` <small>${unbroken(gap)}</small>`}</dd></div>
<div><dt>Machines evaluated</dt><dd>${defined(machines) ? `${count(machines)} of ${count(data.machines.length)}` : "none"}</dd></div>
<div><dt>Published</dt><dd>${published(data)}</dd></div>
</dl>
</header>
`;
}

function published(data: ReportData): Markup {
  if (data.published === null) {
    return html`<strong>no version</strong>${data.notPublished === null ? null : html`: ${data.notPublished}`}`;
  }
  const { model, version, aliases, refitted } = data.published;
  return html`<strong>${model}</strong>${version === undefined ? null : ` version ${version}`}${aliases.length === 0 ? null : html` (${aliases.join(", ")})`}${
    refitted ? html` <small>refitted on all known rows; the figures here are those of the folds’ models</small>` : null
  }`;
}
