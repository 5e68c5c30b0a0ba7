/** A proposal as the text of a pipeline file that says what each word means, to somebody who has never seen one. */
import { sensorsOf } from "../archive/long.ts";
import type { ArchiveSpec, EndOfLifeSpec, SourceSpec } from "../archive/spec.ts";
import { codeText, nameText } from "./code-text.ts";
import { learningLines, missingLearning } from "./learning-text.ts";
import type { Proposal } from "./proposal.ts";
import { remark, remarks } from "./remark.ts";

export interface PipelineTextOptions {
  /** The archive's folder, as the file is to name it. */
  data: string;
  /** The file's name, for the command in its first lines. Default: "fleet.mts". */
  file?: string;
}

/** The words of forewarn that a text uses. */
type Words = Set<string>;

export function pipelineText(proposal: Proposal, { data, file = "fleet.mts" }: PipelineTextOptions): string {
  const words: Words = new Set(["definePipeline"]);
  const { archive, learning, choices } = proposal;
  const why = (about: string) => remarks(choices, about);
  const shared = sharedLists(archive);
  const body = [
    ...remark("The name of the model: lower-case letters, digits, dots and dashes."),
    `name: ${codeText(proposal.name)},`,
    "",
    ...remark("The folder of the files, seen from this file."),
    `data: ${codeText(data)},`,
    ...(archive.time === "cycles"
      ? ["", ...remark("Time is a counter that starts anew with each machine."), 'time: "cycles",']
      : []),
    ...machineLines(archive, words, shared, why),
    "",
    ...remark("The readings. Each word on the left is forewarn's, each text on the right a column of your files."),
    ...why("telemetry"),
    `telemetry: ${telemetryText(archive, words, shared)},`,
    ...eventLines(archive, words, shared, why),
    ...referenceLines(archive, words, shared, why),
    ...(learning === undefined ? missingLearning() : learningLines(archive, learning, words, why)),
  ];
  return [
    ...opening(proposal, file),
    ...importLines([...words].sort()),
    "",
    ...sharedLines(shared),
    "export default definePipeline({",
    ...indented(body),
    "});",
    "",
  ].join("\n");
}

function opening({ problems, leftOut }: Proposal, file: string): string[] {
  return [
    ...remark(`What forewarn reads, learns and publishes. Run it with: npx forewarn run ${file}`),
    "//",
    ...remark(
      'How to read this file: a line that begins with // is a remark. Texts stand in "quotes", lists in [brackets], settings in { name: value, name: value }. Change a value, save, run again: what did not change is not computed again.',
    ),
    ...(leftOut.length === 0
      ? []
      : ["//", "// Left out:", ...leftOut.slice(0, 30).flatMap(({ what, why }) => remark(`- ${what}: ${why}`))]),
    ...(problems.length === 0
      ? []
      : ["//", "// BEFORE THIS CAN RUN:", ...problems.flatMap((problem) => remark(`- ${problem}`))]),
    "",
  ];
}

function importLines(words: readonly string[]): string[] {
  const line = `import { ${words.join(", ")} } from "forewarn";`;
  return line.length <= 116 ? [line] : ["import {", ...words.map((word) => `  ${word},`), '} from "forewarn";'];
}

/** Two spaces more before each line, of texts of several lines too. */
function indented(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split("\n")).map((line) => (line === "" ? "" : `  ${line}`));
}

type Why = (about: string) => string[];

/** A list of columns that is longer stands above the pipeline, where several sources can share it. */
const MANY_COLUMNS = 5;

/** The lists that stand above the pipeline: a source that has the very same one refers to it. */
interface SharedLists {
  sensors: readonly string[];
  columns?: readonly string[];
}

function sourceText(source: SourceSpec, words: Words, shared: SharedLists, margin = ""): string {
  const { format, path, ...mapping } = source;
  words.add(format);
  const named = Object.entries(mapping).map(([name, value]) => {
    if (name === "machine" && typeof value === "object") {
      words.add("rowNumber");
      return [name, "rowNumber()"] as const;
    }
    if (name === "sensors" && value !== undefined && typeof value === "object" && "tag" in value) {
      words.add("long");
      return [name, `long(${codeText(value, `${margin}  `)})`] as const;
    }
    if (name === "sensors") {
      const own = value as readonly string[];
      return [name, own.length === shared.sensors.length ? "sensors" : codeText(own, `${margin}  `)] as const;
    }
    if (name === "columns" && codeText(value) === codeText(shared.columns)) return [name, "columns"] as const;
    return [name, codeText(value, `${margin}  `)] as const;
  });
  const members = named.map(([name, text]) => (name === text ? name : `${nameText(name)}: ${text}`));
  const line = `${format}(${codeText(path)}, { ${members.join(", ")} })`;
  if (line.length + margin.length <= 104 && !line.includes("\n")) return line;
  return `${format}(${codeText(path)}, {\n${members.map((member) => `${margin}  ${member},\n`).join("")}${margin}})`;
}

/** Sensors are named once, since the features use them too; where tables have several lists, each has its own. */
function sharedLists({ telemetry }: ArchiveSpec): SharedLists {
  const columns = telemetry.find((source) => (source.columns?.length ?? 0) > MANY_COLUMNS)?.columns;
  return {
    sensors: [...new Set(telemetry.flatMap((source) => sensorsOf(source)))],
    ...(columns === undefined ? {} : { columns }),
  };
}

function sharedLines({ sensors, columns }: SharedLists): string[] {
  return [
    ...(columns === undefined
      ? []
      : [
          ...remark(
            "The columns of the files, which have no line that names them, from left to right: rename them here and below.",
          ),
          `const columns = ${codeText(columns)};`,
          "",
        ]),
    ...remark("The sensor columns that a model may look at. Take out those that mean nothing."),
    `const sensors = ${codeText(sensors)};`,
    "",
  ];
}

function telemetryText({ telemetry }: ArchiveSpec, words: Words, shared: SharedLists): string {
  const one = (source: SourceSpec, margin: string) => sourceText(source, words, shared, margin);
  if (telemetry.length === 1) return one(telemetry[0], "");
  return `[\n${telemetry.map((source) => `  ${one(source, "  ")},\n`).join("")}]`;
}

function machineLines({ machines }: ArchiveSpec, words: Words, shared: SharedLists, why: Why): string[] {
  if (machines === undefined) return [];
  return [
    "",
    ...remark('The facts of each machine: attributes are a "category" (texts) or a "number".'),
    ...why("machines"),
    `machines: ${sourceText(machines, words, shared)},`,
  ];
}

const eventWords: Readonly<Record<string, string>> = {
  errors: "Errors, alarms and warnings that machines sent.",
  maintenance: "Replacements and repairs: what the parts' age counts from.",
  failures: "What is to be foreseen.",
  downtime: "When machines stood still: nothing is expected of them then.",
};

function eventLines({ events = {} }: ArchiveSpec, words: Words, shared: SharedLists, why: Why): string[] {
  if (Object.keys(events).length === 0) return [];
  const each = Object.entries(events).flatMap(([name, source]) => [
    ...remark(eventWords[name] ?? "Other records of a machine at a time."),
    ...why(`events.${name}`),
    `${nameText(name)}: ${source.format === "endOfLife" ? endOfLifeText(source, words, shared) : sourceText(source, words, shared)},`,
  ]);
  return [
    "",
    ...remark("What happened: tables of a machine, a time and a kind."),
    "events: {",
    ...indented(each),
    "},",
  ];
}

function endOfLifeText({ component, remaining }: EndOfLifeSpec, words: Words, shared: SharedLists): string {
  words.add("endOfLife");
  const given = [
    ...(component === undefined ? [] : [`component: ${codeText(component)}`]),
    ...(remaining === undefined ? [] : [`remaining: ${sourceText(remaining, words, shared)}`]),
  ];
  return given.length === 0 ? "endOfLife()" : `endOfLife({ ${given.join(", ")} })`;
}

function referenceLines({ reference = {} }: ArchiveSpec, words: Words, shared: SharedLists, why: Why): string[] {
  const each = Object.entries(reference).flatMap(([name, source]) =>
    source === undefined
      ? []
      : [
          ...remark(
            name === "schedule"
              ? "How often each component should be replaced: the rule of thumb that a model has to beat."
              : "Within which bounds each sensor should stay.",
          ),
          ...why(name),
          `${name}: ${sourceText(source, words, shared)},`,
        ],
  );
  return each.length === 0 ? [] : ["", "reference: {", ...indented(each), "},"];
}
