/** docs/features.md and its pictures, from the code: doc comments, planned columns, and how far back each reads. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { bundleFeatures } from "../../src/features/custom/bundle-features.ts";
import { operatingCycles } from "../../src/features/cycles/operating-cycles.ts";
import type { Reach } from "../../src/features/feature.ts";
import { planEach } from "../../src/features/plan.ts";
import type { FleetSchema } from "../../src/features/schema.ts";
import { type DocComment, docComments } from "./doc-comments.ts";
import { type Example, examples } from "./examples.ts";
import { pictureOf, type Stretch } from "./picture.ts";
import { statisticsTable } from "./statistics-table.ts";

/** The fleet that the examples are planned for. */
const schema: FleetSchema = {
  time: "timestamp",
  sensors: ["cycle_duration", "pressure", "rotate", "vibration", "volt", "volt_max_cycle", "volt_mean_cycle"],
  cycles: {
    of: operatingCycles({ gap: "10m" }),
    quantities: [
      { name: "volt_max_cycle", sensor: "volt", statistic: "max" },
      { name: "volt_mean_cycle", sensor: "volt", statistic: "mean" },
    ],
  },
  events: {
    errors: { kinds: ["error1", "error2"], outcome: false },
    failures: { kinds: ["comp1", "comp2"], outcome: true },
    maintenance: { kinds: ["comp1", "comp2"], outcome: true },
  },
  attributes: { age: { type: "number" }, model: { type: "category", levels: ["model1", "model2"] } },
  schedule: ["comp1", "comp2"],
  limits: ["volt"],
};
const context = { schema, every: MICROS_PER_HOUR };

/** Hours before the cutoff of the records that pictures show. */
const records = [
  { hours: 19, name: "record" },
  { hours: 8, name: "last record" },
];

/** The page's files, by their path from the folder `docs`. */
export async function featuresPage(root: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const groups = Map.groupBy(Object.entries(examples), ([, { group }]) => group);
  const sections: string[] = [];
  for (const [group, entries] of groups) {
    const each: string[] = [];
    for (const [word, example] of entries) each.push(await wordSection(root, word, example, files));
    sections.push(`## ${group}\n\n${each.join("\n")}`);
  }
  const contents = [...groups].map(
    ([group, entries]) => `| ${group} | ${entries.map(([word]) => `[${word}](#${word.toLowerCase()})`).join(", ")} |`,
  );
  const page = [
    opening,
    ["| group | words |", "| --- | --- |", ...contents].join("\n"),
    ...sections.slice(0, 1),
    statisticsTable(root),
    ...sections.slice(1),
    "## Around the words",
    otherSection(
      root,
      "learnedSchedule",
      'scheduleUsed(learnedSchedule({ of: "failures" }))',
      "LearnedScheduleOptions",
    ),
    otherSection(
      root,
      "relevantFeatures",
      "// in the pipeline, beside `features`\nselect: relevantFeatures({ falseDiscovery: 0.05 })",
      "RelevantFeaturesOptions",
    ),
    otherSection(root, "ewma", 'rolling("volt", { over: "24h", stats: [ewma({ halfLife: "6h" })] })', "EwmaOptions"),
    otherSection(
      root,
      "permutationEntropy",
      'rolling("volt", { over: "3d", stats: [permutationEntropy({ order: 3 })] })',
      "PermutationEntropyOptions",
    ),
  ];
  files.set(
    "features.md",
    `${page
      .join("\n\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trimEnd()}\n`,
  );
  return files;
}

async function wordSection(root: string, word: string, example: Example, files: Map<string, string>): Promise<string> {
  const comments = docComments(join(root, `src/features/words/${example.file}.ts`));
  const before = example.before?.() ?? [];
  const specs = await bundleFeatures([...before, example.write()], join(root, "docs/features"));
  const planned = planEach(specs, context).at(-1);
  const columns = [...(planned?.columns ?? []).map(({ name }) => name), ...(planned?.fittedNames ?? [])];
  const stretches = example.stretches ?? stretchesOf(planned?.columns ?? []);
  const picture = `features/${example.file}.svg`;
  if (stretches.length > 0) files.set(picture, pictureOf({ title: `What ${word} reads`, stretches, records }));
  const options = [...comments.keys()].filter((name) => name.endsWith("Options"));
  const tables = (options.length > 0 ? options : (example.options ?? [])).map((name) => optionsTable(root, name));
  return [
    `### ${word}`,
    `\`\`\`ts\n${codeOf(example)}\n\`\`\``,
    example.module === undefined ? "" : `\`\`\`ts\n// ${example.module}\n${moduleText(root, example.module)}\`\`\``,
    comments.get(word)?.text ?? "",
    stretches.length > 0 ? `![What ${word} reads](${picture})` : "",
    columns.length > 0 ? `Columns: ${columns.map((name) => `\`${name}\``).join(", ")}.` : "",
    ...tables,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function moduleText(root: string, module: string): string {
  return readFileSync(join(root, "docs/features", module), "utf8");
}

/** What stands after the arrow of the example, without the import's name. */
function codeOf({ write, before }: Example): string {
  const code = (text: string) => text.replace(/^\(\) => /, "").replaceAll("words.", "");
  const own = code(String(write));
  if (before === undefined) return own;
  return [code(String(before)).replace(/^\[|\]$/g, ""), own].join(",\n");
}

/** One bar for each different reach. */
function stretchesOf(columns: readonly { name: string; reach?: Reach }[]): Stretch[] {
  const seen = new Map<string, Stretch>();
  for (const { name, reach } of columns) {
    if (reach === undefined) continue;
    const hours = (reach.window ?? Number.POSITIVE_INFINITY) / MICROS_PER_HOUR;
    const since = reach.since === undefined ? Number.POSITIVE_INFINITY : records[1].hours;
    const from = Math.min(hours, since);
    const key = String(from);
    if (!seen.has(key)) seen.set(key, { label: shortened(name), from, to: 0, anchored: since < hours });
  }
  return [...seen.values()];
}

function shortened(name: string): string {
  return name.length <= 26 ? name : `${name.slice(0, 25)}…`;
}

/** An interface of options with all that it takes over from others. */
function optionsTable(root: string, name: string): string {
  const members = membersOf(allComments(root), name);
  if (members.size === 0) return "";
  const rows = [...members].map(
    ([option, { text, type, optional }]) =>
      `| \`${option}\`${optional ? "" : " (needed)"} | \`${type.replaceAll("|", "\\|")}\` | ${text.replaceAll("\n\n", " ").replaceAll("|", "\\|")} |`,
  );
  return ["| option | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function membersOf(comments: ReadonlyMap<string, DocComment>, name: string): DocComment["members"] {
  const comment = comments.get(name);
  if (comment === undefined) return new Map();
  return new Map([...comment.members, ...comment.bases.flatMap((base) => [...membersOf(comments, base)])]);
}

/** What is said of every export of the words, the statistics and the selection. */
function allComments(root: string): ReadonlyMap<string, DocComment> {
  const folders = ["words", "statistics", "selection"].map((folder) => join(root, "src/features", folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  return new Map(files.filter((file) => file.endsWith(".ts")).flatMap((file) => [...docComments(file)]));
}

/** A function that is no word, with its options. */
function otherSection(root: string, name: string, code: string, options: string): string {
  const comment = allComments(root).get(name);
  return [`### ${name}`, `\`\`\`ts\n${code}\n\`\`\``, comment?.text ?? "", optionsTable(root, options)].join("\n\n");
}

const opening = `# Features

This page is made from the code by \`npm run docs\`; a test holds it against the code.

A feature describes a machine at a cutoff t from what had happened and was known by t. A window is (t − length, t]: its beginning is left
out (an empty circle), its end belongs to it (a full one). Missing readings are skipped; an empty window gives NaN, a count gives 0. Values
are computed in float64 and emitted as float32. They depend on nothing but their window or their anchor: not on where the computation
started, the batch, the threads or the machine it runs on.

Names are \`<sensor|table[_kind]|attribute>_<statistic>[_<window>]\`. The examples are planned for a fleet with the sensors
pressure, rotate, vibration and volt, the event tables errors, maintenance and failures, the attributes model and age, a recommended
schedule and operating limits, on a grid of cutoffs of one hour.`;
