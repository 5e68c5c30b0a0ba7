/** What became of the rows of each file, what the contract repaired, and how columns change from file to file. */
import { violations } from "../../archive/contract.ts";
import type { FileRows, ReportData } from "../data.ts";
import { count } from "../format.ts";
import { html, type Markup } from "../html.ts";
import { table } from "../table.ts";

/** More files than this are counted, not listed. */
const LISTED = 50;

export function filesSection({ sources }: ReportData): Markup {
  const parts = [rowsByFile(sources), repairs(sources), changes(sources), legend(sources)];
  return html`${parts}`;
}

type Sources = ReportData["sources"];

function rowsByFile(sources: Sources): Markup | null {
  const files = sources.flatMap(({ files = [] }) => files);
  const broken = files.filter(({ quarantined }) => quarantined > 0);
  if (broken.length === 0) return null;
  const rows = broken
    .slice(0, LISTED)
    .map(({ path, read, used, quarantined, reasons }) => [
      html`<code>${path}</code>`,
      count(read),
      count(used),
      count(quarantined),
      reasonText(reasons),
    ]);
  const head = ["File", "Rows read", "Rows used", "Quarantined", "Why"];
  const whole = files.length - broken.length;
  const more = broken.length > LISTED ? ` ${count(broken.length - LISTED)} more files have rows set aside.` : "";
  return html`${table({ caption: "Files with rows set aside", head, rows, numeric: [1, 2, 3] })}
<p class="note">Of ${count(whole)} other file${whole === 1 ? "" : "s"} every row is used.${more} Each row set aside is in the run's quarantine.parquet.</p>
`;
}

function reasonText(reasons: FileRows["reasons"]): string {
  return reasons.map(({ reason, rows }) => `${reason}: ${count(rows)}`).join("; ");
}

function repairs(sources: Sources): Markup | null {
  const rows = sources.flatMap(({ name, repaired = [] }) =>
    repaired.map(({ reason, values }) => [name, reason, count(values)]),
  );
  if (rows.length === 0) return null;
  return table({
    caption: "Values repaired by rule",
    head: ["Source", "What was wrong", "Values"],
    rows,
    numeric: [2],
  });
}

function changes(sources: Sources): Markup | null {
  const rows = sources.flatMap(({ name, changes = [] }) => changes.map((change) => [name, change]));
  if (rows.length === 0) return null;
  const head = ["Source", "Column"];
  return table({ caption: "Columns that change between files", head, rows: rows.slice(0, LISTED), numeric: [] });
}

/** What the names of violations mean, of those that occur. */
function legend(sources: Sources): Markup | null {
  const found = sources.flatMap(({ reasons, repaired = [] }) => [...reasons, ...repaired].map(({ reason }) => reason));
  const known = Object.entries(violations).filter(([name]) => found.includes(name));
  if (known.length === 0) return null;
  return html`<p class="note">${known.map(([name, { phrase }], i) => `${i === 0 ? "" : "; "}${name}: ${phrase}`)}.</p>
`;
}
