/** A proposal as the text of a pipeline file that says what each word means, to somebody who has never seen one. */
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
  const body = [
    ...remark("The name of the model: lower-case letters, digits, dots and dashes."),
    `name: ${codeText(proposal.name)},`,
    "",
    ...remark("The folder of the files, seen from this file."),
    `data: ${codeText(data)},`,
    ...(archive.time === "cycles"
      ? ["", ...remark("Time is a counter that starts anew with each machine."), 'time: "cycles",']
      : []),
    ...machineLines(archive, words, why),
    "",
    ...remark("The readings. Each word on the left is forewarn's, each text on the right a column of your files."),
    ...why("telemetry"),
    `telemetry: ${telemetryText(archive, words)},`,
    ...eventLines(archive, words, why),
    ...referenceLines(archive, words, why),
    ...(learning === undefined ? missingLearning() : learningLines(archive, learning, words, why)),
  ];
  const sensors = sensorLines(archive);
  return [
    ...opening(proposal, file),
    ...importLines([...words].sort()),
    "",
    ...sensors,
    "export default definePipeline({",
    ...body.map((line) => (line === "" ? "" : `  ${line}`)),
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

function importLines(all: readonly string[]): string[] {
  const words = all.filter((word) => word !== LONG);
  const long = words.length === all.length ? [] : [`import { ${LONG} } from "forewarn/archive";`];
  const line = `import { ${words.join(", ")} } from "forewarn";`;
  const main = line.length <= 116 ? [line] : ["import {", ...words.map((word) => `  ${word},`), '} from "forewarn";'];
  return [...main, ...long];
}

/** A word of the archive alone. */
const LONG = "long";

type Why = (about: string) => string[];

/** A list of columns that is longer stands above the pipeline, where several sources can share it. */
const MANY_COLUMNS = 5;

/** @param sensorCount how many sensors the list `sensors` holds: a source that has them all refers to it */
function sourceText(source: SourceSpec, words: Words, margin = "  ", sensorCount = 0): string {
  const { format, path, ...mapping } = source;
  words.add(format);
  const named = Object.entries(mapping).map(([name, value]) => {
    if (name === "machine" && typeof value === "object") {
      words.add("rowNumber");
      return [name, "rowNumber()"] as const;
    }
    if (name === "sensors" && value !== undefined && typeof value === "object" && "tag" in value) {
      words.add(LONG);
      return [name, `${LONG}(${codeText(value, `${margin}  `)})`] as const;
    }
    if (name === "sensors") {
      const own = value as readonly string[];
      return [name, own.length === sensorCount ? "sensors" : codeText(own, `${margin}  `)] as const;
    }
    if (name === "columns" && (value as readonly string[]).length > MANY_COLUMNS) return [name, "columns"] as const;
    return [name, codeText(value, `${margin}  `)] as const;
  });
  const members = named.map(([name, text]) => (name === text ? name : `${nameText(name)}: ${text}`));
  const line = `${format}(${codeText(path)}, { ${members.join(", ")} })`;
  if (line.length + margin.length <= 108 && !line.includes("\n")) return line;
  return `${format}(${codeText(path)}, {\n${members.map((member) => `${margin}  ${member},\n`).join("")}${margin}})`;
}

/** Sensors are named once, since the features use them too; where tables have several lists, each has its own. */
function sensorLines({ telemetry }: ArchiveSpec): string[] {
  const list = sensorsOf({ telemetry });
  const columns = telemetry.find((source) => (source.columns?.length ?? 0) > MANY_COLUMNS)?.columns;
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
    `const sensors = ${codeText(list)};`,
    "",
  ];
}

function sensorsOf({ telemetry }: Pick<ArchiveSpec, "telemetry">): string[] {
  return [
    ...new Set(telemetry.flatMap(({ sensors = [] }) => ("tag" in sensors ? Object.values(sensors.tags) : sensors))),
  ];
}

function telemetryText({ telemetry }: ArchiveSpec, words: Words): string {
  const all = sensorsOf({ telemetry });
  const one = (source: SourceSpec, margin: string) => sourceText(source, words, margin, all.length);
  if (telemetry.length === 1) return one(telemetry[0], "");
  return `[\n${telemetry.map((source) => `    ${one(source, "    ")},\n`).join("")}  ]`;
}

function machineLines({ machines }: ArchiveSpec, words: Words, why: Why): string[] {
  if (machines === undefined) return [];
  return [
    "",
    ...remark('The facts of each machine: attributes are a "category" (texts) or a "number".'),
    ...why("machines"),
    `machines: ${sourceText(machines, words)},`,
  ];
}

const eventWords: Readonly<Record<string, string>> = {
  errors: "Errors, alarms and warnings that machines sent.",
  maintenance: "Replacements and repairs: what the parts' age counts from.",
  failures: "What is to be foreseen.",
  downtime: "When machines stood still: nothing is expected of them then.",
};

function eventLines({ events = {} }: ArchiveSpec, words: Words, why: Why): string[] {
  if (Object.keys(events).length === 0) return [];
  const each = Object.entries(events).flatMap(([name, source]) => [
    ...remark(eventWords[name] ?? "Other records of a machine at a time."),
    ...why(`events.${name}`),
    `${nameText(name)}: ${source.format === "endOfLife" ? endOfLifeText(source, words) : sourceText(source, words, "    ")},`,
  ]);
  return [
    "",
    ...remark("What happened: tables of a machine, a time and a kind."),
    "events: {",
    ...each.map((line) => `  ${line}`),
    "},",
  ];
}

function endOfLifeText({ component, remaining }: EndOfLifeSpec, words: Words): string {
  words.add("endOfLife");
  const given = [
    ...(component === undefined ? [] : [`component: ${codeText(component)}`]),
    ...(remaining === undefined ? [] : [`remaining: ${sourceText(remaining, words, "    ")}`]),
  ];
  return given.length === 0 ? "endOfLife()" : `endOfLife({ ${given.join(", ")} })`;
}

function referenceLines({ reference = {} }: ArchiveSpec, words: Words, why: Why): string[] {
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
          `${name}: ${sourceText(source, words, "    ")},`,
        ],
  );
  return each.length === 0 ? [] : ["", "reference: {", ...each.map((line) => `  ${line}`), "},"];
}
