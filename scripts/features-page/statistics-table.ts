/** The table of the statistics of `rolling`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { statisticNames, statisticOf } from "../../src/features/statistics/table.ts";
import { docComments } from "./doc-comments.ts";

/** One row a statistic: name, unit, definition from the doc comment of its file. */
export function statisticsTable(root: string): string {
  const folder = join(root, "src/features/statistics");
  const definitions = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    for (const [name, { text }] of docComments(join(folder, file))) {
      if (name.endsWith("Statistic")) definitions.set(name.slice(0, -"Statistic".length), text);
    }
  }
  const rows = statisticNames.map((name) => {
    const definition = definitions.get(name) ?? "";
    return `| \`${name}\` | ${statisticOf(name).unit} | ${definition.replaceAll("\n\n", " ").replaceAll("|", "\\|")} |`;
  });
  return ["### Statistics", "| statistic | unit | definition |\n| --- | --- | --- |\n".concat(rows.join("\n"))].join(
    "\n\n",
  );
}
