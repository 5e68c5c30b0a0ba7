/** A leak check as text for a terminal: what was tried, and of each leak the column or stage, the machine and cutoff, and the cause. */
import { instantName, type TimeKind } from "../core/time.ts";
import type { Cause, FeatureLeak, FitLeak, LabelLeak, Leak, LeakReport, SplitLeak } from "./leak.ts";
import { listed, number, numberOf, timeApart, valueText } from "./wording.ts";

export function reportText(report: LeakReport): string {
  const { leaks, trials, time, seed, moreColumns, learners, folds, machines } = report;
  const of = <Kind extends Leak["leak"]>(kind: Kind) =>
    leaks.filter((leak): leak is Extract<Leak, { leak: Kind }> => leak.leak === kind);
  const fitted = folds.filter(({ skipped }) => skipped === undefined).length;
  const tried = { features: trials > 0, labels: trials > 0, splits: fitted > 0, fits: report.fits > 0 };
  const lines = [
    "",
    ...part(
      "features",
      tried.features,
      of("feature").map((leak) => featureLines(leak, time)),
      [
        `${numberOf(report.columns, "column")}, ${numberOf(machines, "machine")}: ${numberOf(report.values, "value")} stayed the same to the bit`,
        "when what was unknown at a cutoff was deleted, then changed",
      ],
    ),
    ...part(
      "labels",
      tried.labels,
      of("label").map((leak) => labelLines(leak, time)),
      [`${numberOf(report.labels, "label")} stayed the same when what came after was changed`],
    ),
    ...part(
      "splits",
      tried.splits,
      of("split").map((leak) => splitLines(leak, time)),
      [`${numberOf(fitted, "fold")}: no training row overlaps what an evaluation row predicts`],
    ),
    ...part("fits", tried.fits, of("fit").map(fitLines), [
      `${learners.join(", ")}: featurizer, model and threshold stayed the same`,
      `to the byte in ${numberOf(report.fits, "fit")} with other data outside training`,
    ]),
    ...(moreColumns.length === 0 ? [] : field("also move", listed(moreColumns))),
    ...report.notFitted.flatMap((what) => field("not used", what)),
    "",
    `${leaks.length === 0 ? "no leak" : numberOf(leaks.length, "leak")} found in ${numberOf(trials, "trial")} (seed ${seed})`,
    "",
  ];
  return lines.join("\n");
}

/** Its leaks, or what stayed the same, where it was tried. */
function part(name: string, isTried: boolean, leaks: readonly string[][], right: readonly string[]): string[] {
  if (leaks.length > 0) return leaks.flatMap(([first, ...rest]) => [`✗ ${name.padEnd(10)}${first}`, ...rest]);
  return isTried ? [`✓ ${name.padEnd(10)}${right[0]}`, ...right.slice(1).flatMap((line) => field("", line))] : [];
}

function field(name: string, text: string): string[] {
  return [`  ${name.padEnd(10)}${text}`];
}

const reasons: Record<FeatureLeak["reason"], string> = {
  "after the cutoff": "what comes after the cutoff",
  "not known yet": "what was not known yet at the cutoff",
  "own instant": "an outcome at its own instant, which is known only afterwards",
  "not valid yet": "reference data not valid yet at the cutoff",
  "before its reach": "what lies before a window or the last anchor",
};

function featureLines({ columns, reason, machine, cutoff, values, cause }: FeatureLeak, time: TimeKind): string[] {
  const name = columns.length === 1 ? "" : `${columns[0]}: `;
  return [
    `${listed(columns)}`,
    ...field("", `${columns.length === 1 ? "reads" : "read"} ${reasons[reason]}`),
    ...field("cutoff", `${instantName(cutoff, time)}, machine ${machine}`),
    ...field("value", `${name}${valueText(values[0])} becomes ${valueText(values[1])}`),
    ...field("when", causeText(cause, machine, cutoff, time)),
  ];
}

function labelLines({ machine, cutoff, end, values, cause }: LabelLeak, time: TimeKind): string[] {
  return [
    "a label depends on what comes after its end, so no purge can hold it apart",
    ...field("cutoff", `${instantName(cutoff, time)}, machine ${machine}, label to ${instantName(end, time)}`),
    ...field("value", `${valueText(values[0])} becomes ${valueText(values[1])}`),
    ...field("when", causeText(cause, machine, end, time)),
  ];
}

const wrongs: Record<SplitLeak["reason"], readonly [one: string, many: string]> = {
  "overlaps an evaluation label": ["a training row overlaps", "training rows overlap"].map(
    (text) => `${text} what evaluation rows predict`,
  ) as [string, string],
  "within the embargo": ["a training row ends in the embargo", "training rows end in the embargo"],
  "machine in both parts": [
    "a training row is of a machine that is evaluated",
    "training rows are of machines that are evaluated",
  ],
  "row in both parts": ["a row is trained on and evaluated", "rows are trained on and evaluated"],
  "row outside training": [
    "a row lies outside the outer fold's training",
    "rows lie outside the outer fold's training",
  ],
  "censored row": ["a row is used though its outcome is unknown", "rows are used though their outcome is unknown"],
};

function splitLines(
  { fold, reason, rows, machine, cutoff, interval, evaluation }: SplitLeak,
  time: TimeKind,
): string[] {
  const name = (instant: number) => instantName(instant, time);
  const [one, many] = wrongs[reason];
  return [
    rows === 1 ? one : `${number(rows)} ${many}`,
    ...field("fold", fold),
    ...field(rows === 1 ? "row" : "first row", `${name(cutoff)}, machine ${machine}`),
    ...field("reaches", `from ${name(interval[0])} to ${name(interval[1])}`),
    ...field("evaluated", `from ${name(evaluation[0])} to ${name(evaluation[1])}`),
  ];
}

function fitLines({ learner, fold, stage, where, values, reads }: FitLeak): string[] {
  return [
    `the ${stage} of ${learner} reads more than its training rows`,
    ...field("fold", fold),
    ...field("value", `${where === "" ? "" : `${where}: `}${values[0]} becomes ${values[1]}`),
    ...field("when", `outside training there are other ${reads.length === 0 ? "data" : reads.join(", ")}`),
  ];
}

/** "a row of telemetry at 2015-03-01T09:00:00Z (3h after) is deleted". */
function causeText(cause: Cause, of: string, cutoff: number, time: TimeKind): string {
  const { table, machine, kind, change, movedTo, knownAt, rows } = cause;
  const record = kind === undefined ? `a row of ${table}` : `${kind} of ${table}`;
  const whose = machine === undefined || machine === of ? "" : `, machine ${machine},`;
  const apart = (instant: number) => timeApart(instant, cutoff, time);
  const known = knownAt === undefined ? "" : `, known ${apart(knownAt)}`;
  const stamp = Number.isFinite(cause.time)
    ? ` at ${instantName(cause.time, time)} (${apart(cause.time)}${known})`
    : "";
  const moved = movedTo === undefined ? change : `moved to ${instantName(movedTo, time)} (${apart(movedTo)})`;
  const more = rows === 1 ? "" : ` with ${number(rows - 1)} more`;
  return `${record}${whose}${stamp} is ${moved}${more}`;
}
