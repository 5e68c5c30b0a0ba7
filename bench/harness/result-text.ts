/** A benchmark's result as lines to read. */
import type { BenchResult, WorkResult } from "./run-bench.ts";

export function resultText(result: BenchResult): string {
  const { bench, machine, works = { [bench]: result } } = result;
  const parts = Object.entries(works).map(([name, work]) => workText(name, work));
  return `${bench} on ${machine.threads} threads of ${machine.processor}, Node ${machine.node}\n\n${parts.join("\n")}`;
}

function workText(name: string, { work, ours, peers, ratio }: WorkResult): string {
  const amounts = Object.entries(work).map(([name, amount]) => `${amount.toLocaleString("en")} ${name}`);
  const each = Object.keys(ours.microseconds ?? {});
  const rows = [
    ["", "seconds", ...each.map((name) => `${name} µs`), "peak memory", "against ours"],
    ["ours", ...figuresRow(ours, each), ""],
    ...Object.entries(peers).map(([name, figures]) =>
      "skipped" in figures
        ? [name, "skipped", ...each.map(() => ""), figures.skipped, ""]
        : [`${name} ${figures.version}`, ...figuresRow(figures, each), `${ratio[name]} x`],
    ),
  ];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd(),
  );
  return `${name}: ${amounts.join(", ")}\n\n${lines.join("\n")}\n`;
}

/** @param each the names of the latencies that are shown */
function figuresRow({ seconds, microseconds = {}, peakMemory }: WorkResult["ours"], each: readonly string[]): string[] {
  const latencies = each.map((name) => (name in microseconds ? String(microseconds[name]) : ""));
  return [String(seconds), ...latencies, megabytes(peakMemory)];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
}
