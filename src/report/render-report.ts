/** Renders a report as one self-contained HTML file: the same data give the same bytes. */
import type { ReportData } from "./data.ts";
import { html } from "./html.ts";
import { page } from "./page.ts";
import { chartsSection } from "./sections/charts.ts";
import { dataSection } from "./sections/data.ts";
import { header } from "./sections/header.ts";
import { plannerSection } from "./sections/planner.ts";
import { rowFiguresSection } from "./sections/row-figures.ts";
import { timelinesSection } from "./sections/timelines.ts";
import { verdictSection } from "./sections/verdict.ts";

/** The whole file as text, to be written as UTF-8. Reads no clock, no locale and nothing but `data`. */
export function renderReport(data: ReportData): string {
  const sections = [
    { id: "verdict", title: "Verdict", content: verdictSection(data) },
    { id: "planner", title: "Planner’s figures", content: plannerSection(data) },
    { id: "failures", title: "Failures", content: timelinesSection(data) },
    { id: "curves", title: "Curves", content: chartsSection(data) },
    { id: "rows", title: "Figures over rows", content: rowFiguresSection(data) },
    { id: "data", title: "Data", content: dataSection(data) },
  ].filter(({ content }) => content !== null);
  return page({
    title: `${data.pipeline}: evaluation report`,
    contents: sections,
    body: html`${header(data)}${sections.map(({ content }) => content)}`,
  });
}
