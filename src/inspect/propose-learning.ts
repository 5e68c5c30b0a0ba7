/** What a model could learn from an archive, and how it would be tested: grid, windows, label, split, from what the data hold. */
import type { ArchiveSpec } from "../archive/spec.ts";
import { durationName, instantName, MICROS_PER_HOUR } from "../core/time.ts";
import type { Inspection } from "./check-archive.ts";
import type { LabelFacts } from "./label-facts.ts";
import type { Choice, LearningChoices } from "./proposal.ts";
import { count, grouped, instantText, lengthText } from "./words.ts";

const MINUTE = 60_000_000;
const HOUR = MICROS_PER_HOUR;
const DAY = 24 * HOUR;
/** Lengths that people say. */
const steps = [1, 2, 5, 10, 15, 30]
  .map((minutes) => minutes * MINUTE)
  .concat([1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336].map((hours) => hours * HOUR));
const horizons = [12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];
/** This share of rows failing is enough to learn from. */
const ENOUGH_FAILING = 0.01;
/** Above this share, a shorter horizon says more. */
const TOO_MANY_FAILING = 0.2;
const MOST_ROWS = 1_000_000;

/** Undefined where no failure lies within the telemetry. */
export function proposeLearning(
  archive: ArchiveSpec,
  { facts, labels }: Inspection,
): { learning: LearningChoices; choices: Choice[] } | undefined {
  if (labels === undefined || labels.seen === 0) return undefined;
  return archive.time === "cycles" ? learnCycles(archive, labels) : learnTimes(facts, labels);
}

function learnTimes(facts: Inspection["facts"], labels: LabelFacts) {
  const usual = Math.min(...facts.telemetry.map(({ walk }) => walk.usual).filter((one) => one > 0));
  const ends = facts.telemetry.flatMap(({ walk }) => walk.machines.map(({ first, last }) => [first, last]));
  const first = Math.min(...ends.map(([one]) => one));
  const last = Math.max(...ends.map(([, one]) => one));
  const rate = labels.seen / Math.max(1, labels.observed);
  const possible = horizons.filter((length) => length >= 4 * usual && length <= (last - first) / 8);
  const shareFailing = (length: number) => rate * (length / HOUR);
  const fromDay = possible.filter((length) => length >= DAY && shareFailing(length) <= TOO_MANY_FAILING);
  const horizon =
    fromDay.find((length) => shareFailing(length) >= ENOUGH_FAILING) ??
    fromDay.at(-1) ??
    possible[0] ??
    nice(4 * usual);
  const machineTime = facts.machines.length * (last - first);
  const every = nice(Math.max(usual, horizon / 12, machineTime / MOST_ROWS));
  const short = nice(Math.max(3 * every, 3 * usual));
  const windows = [...new Set([short, Math.max(horizon, nice(8 * usual))])].map((length) => name(length));
  const leadTime = nice(Math.max(every, horizon / 8));
  const { split, why, sure } = splitOf(labels, { first, last, horizon, machines: facts.machines.length });
  const percent = (100 * shareFailing(horizon)).toFixed(1);
  const choices: Choice[] = [
    {
      about: "horizon",
      choice: name(horizon),
      sure: "guess",
      why: `about ${percent} % of the rows then lie that long before a failure; how early must you know?`,
    },
    {
      about: "every",
      choice: name(every),
      sure: "likely",
      why: `readings come every ${lengthText(usual, "timestamp")}, and a horizon of ${name(horizon)} needs no finer grid`,
    },
    { about: "windows", choice: windows.join(", "), sure: "guess", why: "a few readings, and as long as the horizon" },
    { about: "split", choice: split.split === "byTime" ? split.at : `${count(4, "fold")} of machines`, sure, why },
    {
      about: "leadTime",
      choice: name(leadTime),
      sure: "guess",
      why: "an eighth of the horizon; how long does it take you to act?",
    },
    {
      about: "cost",
      choice: "missed 10,000, falseAlarm 500, planned 1,500",
      sure: "guess",
      why: "placeholders: put in yours, the alarm threshold is chosen by them",
    },
  ];
  const learning: LearningChoices = {
    every: name(every),
    windows,
    label: { horizon: name(horizon) },
    split,
    leadTime: name(leadTime),
  };
  return { learning, choices };
}

interface SplitFacts {
  first: number;
  last: number;
  horizon: number;
  machines: number;
}

/** The day before which about two failures in three lie, with enough time on both sides. */
function splitOf({ history, seen }: LabelFacts, { first, last, horizon, machines }: SplitFacts) {
  const times = history.failures
    .map(({ time }) => time)
    .filter((time) => time >= first && time <= last)
    .sort((a, b) => a - b);
  const wanted = times[Math.floor(0.65 * times.length)] ?? first;
  const [earliest, latest] = [first + 0.5 * (last - first), last - Math.max(0.2 * (last - first), 3 * horizon)];
  const at = Math.floor(Math.min(Math.max(wanted, earliest), latest) / DAY) * DAY;
  const before = times.filter((time) => time < at).length;
  const after = times.filter((time) => time >= at + horizon).length;
  if ((at <= first || before < 5 || after < 3) && machines >= 8 && seen >= 8) {
    const why = `no day leaves failures enough on both sides (${grouped(before)} and ${grouped(after)}): each quarter of the machines is tested by a model of the others`;
    return { split: { split: "byMachine", folds: 4 } as const, sure: "guess" as const, why };
  }
  const date = instantName(Math.max(at, Math.ceil(first / DAY) * DAY + DAY), "timestamp").slice(0, 10);
  const why = `${count(before, "failure")} before it to learn from, ${grouped(after)} a horizon after it to test on; telemetry goes from ${instantText(first, "timestamp")} to ${instantText(last, "timestamp")}`;
  return { split: { split: "byTime", at: date } as const, sure: "likely" as const, why };
}

function learnCycles(archive: ArchiveSpec, { history }: LabelFacts) {
  const lives = history.failures.map(({ time }) => time).sort((a, b) => a - b);
  const life = lives[(lives.length - 1) >> 1];
  const failures = archive.events?.["failures"];
  const toFailure = failures?.format === "endOfLife";
  const windows = [...new Set([niceCycles(life / 40), niceCycles(life / 10)])].map((cycles) => `${cycles}c`);
  const cap = Math.max(5, Math.round((0.6 * life) / 25) * 25);
  const horizon = `${niceCycles(life / 6)}c`;
  const prefixes = archive.telemetry.flatMap(({ machinePrefix }) => machinePrefix ?? []);
  const tested = toFailure ? failures.remaining?.machinePrefix : undefined;
  const trained = prefixes.filter((prefix) => prefix !== tested);
  const given = tested !== undefined && trained.length === 1;
  const choices: Choice[] = [
    toFailure
      ? {
          about: "label",
          choice: `remaining life, up to ${cap} cycles`,
          sure: "guess",
          why: `each machine runs to its failure, the median after ${grouped(life)} cycles; above the cap all count as healthy`,
        }
      : {
          about: "horizon",
          choice: horizon,
          sure: "guess",
          why: `a sixth of the median life of ${grouped(life)} cycles`,
        },
    { about: "windows", choice: windows.join(", "), sure: "guess", why: "a fortieth and a tenth of the median life" },
    given
      ? {
          about: "split",
          choice: `${trained[0]}* and ${tested}*`,
          sure: "likely",
          why: "the files come split, and the remaining lives of the second are known",
        }
      : {
          about: "split",
          choice: "4 folds of machines",
          sure: "guess",
          why: "machines that count cycles share no clock",
        },
  ];
  const learning: LearningChoices = {
    windows,
    label: toFailure ? { cap } : { horizon },
    split: given
      ? { split: "given", train: `${trained[0]}*`, evaluate: `${tested}*` }
      : { split: "byMachine", folds: 4 },
  };
  return { learning, choices };
}

/** The shortest length people say that is no shorter. */
function nice(length: number): number {
  return steps.find((step) => step >= length) ?? Math.ceil(length / DAY) * DAY;
}

function niceCycles(cycles: number): number {
  return (
    [2, 5, 10, 20, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000].find((step) => step >= cycles * 0.8) ?? Math.ceil(cycles)
  );
}

/** "24h" rather than "1d", which horizons are called by. */
function name(length: number): string {
  return length % HOUR === 0 && length <= 3 * DAY ? `${length / HOUR}h` : durationName(length, "timestamp");
}
