/** The table of the statistics of `rolling`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { statisticNames, statisticOf } from "../../src/features/statistics/table.ts";
import { docComments } from "./doc-comments.ts";

/** One row a statistic: name, unit, definition from the doc comment of its file. */
export function statisticsTable(root: string): string {
  const folder = join(root, "src/features/statistics");
  const definitions = new Map<string, string>();
  const written = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    for (const [name, { text, parameters }] of docComments(join(folder, file))) {
      if (parameters !== undefined) written.set(name, `${name}(${parameters.join(", ")})`);
      if (name.endsWith("Statistic")) definitions.set(name.slice(0, -"Statistic".length), text);
    }
  }
  const rows = statisticNames.map((name) => {
    const definition = definitions.get(name) ?? "";
    return `| \`${written.get(name) ?? `"${name}"`}\` | ${statisticOf(name).unit} | ${definition.replaceAll("\n\n", " ").replaceAll("|", "\\|")} |`;
  });
  return [
    "### Statistics",
    "What `stats` of `rolling` takes: a name in quotation marks, or a function of `forewarn` where a number belongs to it. The column is named by the statistic and its numbers: `volt_rootMeanSquare_1d`, `volt_q90_1d` of `quantile(0.9)`, `volt_autocorrelation_3_1d` of `autocorrelation(3)`.",
    "| statistic | unit | definition |\n| --- | --- | --- |\n".concat(rows.join("\n")),
  ].join("\n\n");
}
