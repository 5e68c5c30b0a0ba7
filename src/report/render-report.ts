/** Renders a report as one self-contained HTML file: the same data give the same bytes. */
import type { ReportData } from "./data.ts";
import { html, type Markup } from "./html.ts";
import { page } from "./page.ts";
import { chartsSection } from "./sections/charts.ts";
import { dataSection } from "./sections/data.ts";
import { header } from "./sections/header.ts";
import { plannerSection } from "./sections/planner.ts";
import { rowFiguresSection } from "./sections/row-figures.ts";
import { timelinesSection } from "./sections/timelines.ts";
import { verdictSection } from "./sections/verdict.ts";

/** The file stays below it, by leaving out what is folded away. */
const MOST_BYTES = 1_000_000;

/** The whole file as text, to be written as UTF-8. Reads no clock, no locale and nothing but `data`. */
export function renderReport(data: ReportData): string {
  const before = [
    { id: "verdict", title: "Verdict", content: verdictSection(data) },
    { id: "planner", title: "Planner’s figures", content: plannerSection(data) },
  ];
  const after = [
    { id: "curves", title: "Curves", content: chartsSection(data) },
    { id: "rows", title: "Figures over rows", content: rowFiguresSection(data) },
    { id: "data", title: "Data", content: dataSection(data) },
  ];
  const failures = { id: "failures", title: "Failures", content: null };
  const room = MOST_BYTES - Buffer.byteLength(pageOf(data, [...before, { ...failures, content: html`` }, ...after]));
  return pageOf(data, [...before, { ...failures, content: timelinesSection(data, room) }, ...after]);
}

interface Section {
  id: string;
  title: string;
  content: Markup | null;
}

function pageOf(data: ReportData, sections: readonly Section[]): string {
  const shown = sections.filter(({ content }) => content !== null);
  return page({
    title: `${data.pipeline}: evaluation report`,
    contents: shown,
    body: html`${header(data)}${shown.map(({ content }) => content)}`,
  });
}
