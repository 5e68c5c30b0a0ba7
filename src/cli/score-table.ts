/** What was scored, as a short table for a terminal. */
import type { ScoreSummary } from "../pipeline/score-files.ts";

export function scoreTable(summary: ScoreSummary): string {
  const statuses = Object.entries(summary.statuses).map(([status, rows]) => `${rows} ${status}`);
  const width = Math.max(7, ...summary.atRisk.map(({ machine }) => machine.length));
  const lines = [
    `${summary.model}@${summary.version}: ${summary.rows} rows (${statuses.join(", ") || "none"}), ${summary.alarms} alarms`,
    "",
    ...summary.atRisk.map(
      ({ machine, cutoff, predicted, alarm }) =>
        `${machine.padEnd(width)}  ${cutoff}  ${predicted.toFixed(4).padStart(9)}${alarm ? "  alarm" : ""}`,
    ),
    "",
    `predictions  ${summary.out}`,
    "",
  ];
  return lines.join("\n");
}
