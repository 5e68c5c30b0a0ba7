/** What was scored, as a short table for a terminal. */
import { plainText } from "../core/plain-text.ts";
import type { ScoreSummary } from "../pipeline/score-files.ts";
import { setAside } from "./set-aside.ts";

/** The most characters of a machine's name. */
const LONGEST_NAME = 60;

export function scoreTable(summary: ScoreSummary): string {
  const statuses = Object.entries(summary.statuses).map(([status, rows]) => `${rows} ${status}`);
  const atRisk = summary.atRisk.map(({ machine, ...row }) => ({ ...row, name: plainText(machine, LONGEST_NAME) }));
  const width = Math.max(7, ...atRisk.map(({ name }) => name.length));
  const lines = [
    `${summary.model}@${summary.version}: ${summary.rows} rows (${statuses.join(", ") || "none"}), ${summary.alarms} alarms`,
    "",
    ...atRisk.map(
      ({ name, cutoff, predicted, alarm }) =>
        `${name.padEnd(width)}  ${cutoff}  ${predicted.toFixed(4).padStart(9)}${alarm ? "  alarm" : ""}`,
    ),
    "",
    ...summary.sources.flatMap(setAside),
    `predictions  ${summary.out}`,
    "",
  ];
  return lines.join("\n");
}
