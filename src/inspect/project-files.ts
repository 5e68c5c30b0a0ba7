/** The files of a new project beside its data: the pipeline, a page that says what to do with it, and what git is not to keep. */
import { pipelineText } from "./pipeline-text.ts";
import type { Proposal } from "./proposal.ts";

export interface ProjectOptions {
  /** The archive's folder, as the pipeline is to name it. */
  data: string;
  /** Where the data come from. */
  origin: "simulated" | "given";
}

/** The name of the pipeline file: `.mts`, which may `import` whatever the package around it says. */
export const PIPELINE_FILE = "fleet.mts";

/** Texts by path. */
export function projectFiles(proposal: Proposal, { data, origin }: ProjectOptions): Map<string, string> {
  return new Map([
    [PIPELINE_FILE, pipelineText(proposal, { data, file: PIPELINE_FILE })],
    ["README.md", readme(proposal, data, origin)],
    [".gitignore", gitignore(origin)],
  ]);
}

function readme({ name }: Proposal, data: string, origin: ProjectOptions["origin"]): string {
  const where = origin === "simulated" ? `\`${data}\` (simulated: replace it by your own files)` : `\`${data}\``;
  return `# ${name}

| command | what it does |
| --- | --- |
| \`npx forewarn data check ${PIPELINE_FILE}\` | says what is wrong with the files in ${where} |
| \`npx forewarn plan ${PIPELINE_FILE}\` | shows the rows, columns and folds without training |
| \`npx forewarn run ${PIPELINE_FILE}\` | trains, tests and registers a model; its last lines say where the report is |
| \`npx forewarn score --model ${name}@candidate --data ${data}\` | says which machine will fail, from new files laid out alike |

What is read, learned and published stands in \`${PIPELINE_FILE}\`; every word in it is explained there.
`;
}

function gitignore(origin: ProjectOptions["origin"]): string {
  const own = ["node_modules/", ".forewarn/", "runs/", "registry/", "predictions.parquet"];
  return `${[...own, ...(origin === "simulated" ? ["data/"] : [])].join("\n")}\n`;
}
