/** What a model is to learn, and how it is tested, as the words of a pipeline file with a remark for each. */
import type { ArchiveSpec } from "../archive/spec.ts";
import { codeText } from "./code-text.ts";
import type { LearningChoices } from "./proposal.ts";
import { remark } from "./remark.ts";

/** The reasons of a choice as remarks. */
type Why = (about: string) => string[];

export function missingLearning(): string[] {
  return [
    "",
    ...remark(
      "There is no failure to learn from yet: every, features, label, split and learners are still to be written.",
    ),
  ];
}

export function learningLines(archive: ArchiveSpec, learning: LearningChoices, words: Set<string>, why: Why): string[] {
  const { every, label, split, leadTime } = learning;
  words.add("scheduleRule").add("gbdt").add("notWorseThan");
  return [
    ...(every === undefined
      ? []
      : [
          "",
          ...remark("How often a machine is judged: each of these instants is a row of the training table."),
          ...why("every"),
          `every: ${codeText(every)},`,
        ]),
    "",
    ...remark("What a model sees at each of these instants, all of it from before the instant."),
    ...why("windows"),
    "features: [",
    ...featureLines(archive, learning, words).map((line) => `  ${line}`),
    "],",
    "",
    ...labelLines(label, words, why),
    "",
    ...splitLines(split, words, why),
    "",
    ...remark("Who learns: the schedule as the rule of thumb, and boosted decision trees, which have to beat it."),
    "learners: [scheduleRule(), gbdt({ trees: 150, leaves: 15 })],",
    ...("cap" in label
      ? []
      : [
          "",
          ...remark(
            "What it costs to miss a failure, to be called out for nothing, and to replace a part as planned; and how long a warning must come before the failure to be of use.",
          ),
          ...why("cost"),
          ...why("leadTime"),
          `evaluate: { cost: { missed: 10_000, falseAlarm: 500, planned: 1_500 }${leadTime === undefined ? "" : `, leadTime: ${codeText(leadTime)}`} },`,
        ]),
    "",
    ...remark(
      'What becomes of the model: it is registered and called "candidate", if it is no worse than the one called "production".',
    ),
    'publish: { alias: "candidate", when: [notWorseThan("production")] },',
  ];
}

function featureLines(archive: ArchiveSpec, { windows, label }: LearningChoices, words: Set<string>): string[] {
  const { events = {}, reference = {}, machines } = archive;
  const counter = archive.time === "cycles";
  const horizon = windows.at(-1) ?? "24h";
  const use = (word: string) => words.add(word) && word;
  const statistics = counter ? ["mean", "sd", "slope"] : ["mean", "sd", "min", "max"];
  const lines = [
    "// The readings over each of these lengths of time before it.",
    `${use("rolling")}(sensors, { over: ${codeText(windows)}, stats: ${codeText(statistics)} }),`,
  ];
  const counted = Object.entries(events).filter(
    ([name, source]) => !["failures", "maintenance", "downtime"].includes(name) && source.format !== "endOfLife",
  );
  for (const [name] of counted)
    lines.push(
      `// How many ${name.replaceAll("_", " ")} there were, by kind.`,
      `${use("countOf")}(${codeText(name)}, { over: ${codeText(horizon)} }),`,
    );
  if (events["maintenance"] !== undefined)
    lines.push("// How long ago each component was replaced.", `${use("timeSince")}("maintenance"),`);
  if (reference.schedule !== undefined) {
    lines.push(
      "// How much of its recommended interval each component has used up.",
      `${use("scheduleUsed")}("schedule"),`,
    );
  } else {
    const learned = "cap" in label || counter ? `{ of: "failures", quantile: 0.5 }` : `{ of: "failures" }`;
    const since = counter || events["maintenance"] === undefined ? ", { fromCommissioning: true }" : "";
    lines.push(
      "// How old each component is, beside the age at which such components failed before.",
      `${use("scheduleUsed")}(${use("learnedSchedule")}(${learned})${since}),`,
    );
  }
  if (reference.limits !== undefined)
    lines.push("// How near each sensor is to its limits.", `${use("limitMargin")}("limits"),`);
  const names = Object.keys(machines?.attributes ?? {});
  if (names.length > 0)
    lines.push(
      "// The facts of the machine.",
      `${use("attributes")}(${names.map((name) => codeText(name)).join(", ")}),`,
    );
  return lines;
}

function labelLines(label: LearningChoices["label"], words: Set<string>, why: Why): string[] {
  if ("cap" in label) {
    words.add("remainingLife");
    return [
      ...remark("What is to be foretold: how much life is left."),
      ...why("label"),
      `label: remainingLife({ of: "failures", cap: ${label.cap} }),`,
    ];
  }
  words.add("failsWithin");
  return [
    ...remark("What is to be foretold: does the machine fail within this time?"),
    ...why("horizon"),
    `label: failsWithin(${codeText(label.horizon)}, { of: "failures" }),`,
  ];
}

function splitLines(split: LearningChoices["split"], words: Set<string>, why: Why): string[] {
  words.add(split.split);
  const text =
    split.split === "byTime"
      ? `byTime(${codeText(split.at)})`
      : split.split === "byMachine"
        ? `byMachine({ folds: ${split.folds} })`
        : `given({ train: ${codeText(split.train)}, evaluate: ${codeText(split.evaluate)}, cutoffs: "last" })`;
  return [...remark("How it is tested: on what the model has not seen."), ...why("split"), `split: ${text},`];
}
