/** Checks a pipeline's options for what types cannot see (a pipeline may be plain JavaScript), before anything runs. */
import { checkMappings } from "../archive/check-mapping.ts";
import { memoryBytes, memoryShares } from "../archive/sorted-memory.ts";
import { ForewarnError } from "../core/errors.ts";
import { shownJson } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import { durationLength, parseInstant } from "../core/time.ts";
import { checkFeature } from "../features/check-feature.ts";
import { checkCycles } from "../features/cycles/operating-cycles.ts";
import { countsCyclesAhead } from "../labels/cycle-horizon.ts";
import { atLeast, atMost, type GateSpec } from "../registry/gates.ts";
import { checkAliasName } from "../registry/names.ts";
import { learnerOf } from "../training/learners.ts";
import { archiveOf } from "./archive-of.ts";
import { badValue, checkKind, checkShape } from "./check-shape.ts";
import * as shapes from "./option-shapes.ts";
import type { PipelineOptions } from "./options.ts";

const required = ["name", "telemetry", "features", "label", "split", "learners"] as const;
const optional = [
  "data",
  "registry",
  "runs",
  "cache",
  "time",
  "machines",
  "events",
  "reference",
  "memory",
  "every",
  "cycles",
  "select",
  "stale",
  "evaluate",
  "innerFolds",
  "publish",
  "seed",
  "environments",
] as const;

/**
 * @param file the pipeline file, for messages
 * @throws PIPELINE_OPTION_UNKNOWN, PIPELINE_OPTION_MISSING, PIPELINE_OPTION_VALUE, PIPELINE_MAPPING, PIPELINE_FEATURE_OPTION,
 * PIPELINE_UNKNOWN_FEATURE, PIPELINE_GATE, PIPELINE_DURATION, PIPELINE_INSTANT
 */
export function checkOptions(options: PipelineOptions, file: string): void {
  checkNames(options, file);
  checkValues(options, file);
  const { data, registry, runs, cache, environments } = options;
  checkShape(shapes.placesShape, { data, registry, runs, cache }, "", file);
  if (environments !== undefined && !isObject(environments))
    throw badValue("environments", "places by name", shownJson(environments), file);
  for (const [name, places] of Object.entries(environments ?? {}))
    checkShape(shapes.placesShape, places, `environments.${name}`, file);
  checkArchive(options, file);
  options.features.forEach((feature, i) => {
    const where = `${file}, features[${i}]`;
    checkFeature(feature, options.time ?? "timestamp", where, { cycles: options.cycles !== undefined });
  });
  checkOperatingCycles(options, file);
  if (options.select !== undefined) checkKind(shapes.selectShapes, "select", options.select, "select", file);
  checkKind(shapes.labelShapes, "label", options.label, "label", file);
  checkKind(shapes.splitShapes, "split", options.split, "split", file);
  checkLearners(options, file);
  if (options.evaluate !== undefined) checkShape(shapes.evaluateShape, options.evaluate, "evaluate", file);
  if (options.evaluate?.cost !== undefined) checkShape(shapes.costShape, options.evaluate.cost, "evaluate.cost", file);
  checkPublish(options, file);
  checkTimes(options, file);
}

function checkNames(options: PipelineOptions, file: string): void {
  if (!isObject(options)) throw badValue("definePipeline", "an object of options", typeof options, file);
  const known: readonly string[] = [...required, ...optional];
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new ForewarnError("PIPELINE_OPTION_UNKNOWN", {
        problem: "a pipeline has no such option",
        found: name,
        where: file,
        hint: didYouMean(name, known),
      });
    }
  }
  for (const name of required) {
    if (options[name] === undefined) {
      throw new ForewarnError("PIPELINE_OPTION_MISSING", {
        problem: "a pipeline lacks an option it needs",
        expected: `\`${name}\``,
        where: file,
      });
    }
  }
}

function checkValues(options: PipelineOptions, file: string): void {
  const refuse = (option: string, expected: string, found: unknown): never => {
    throw badValue(option, expected, shownJson(found), file);
  };
  const { name, time = "timestamp", seed = 0, innerFolds = 3, features, learners } = options;
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(String(name)))
    refuse("name", "up to 100 lower-case letters, digits, '.', '_' and '-'", name);
  if (time !== "timestamp" && time !== "cycles") refuse("time", '"timestamp" or "cycles"', time);
  if (!Array.isArray(features) || features.length === 0) refuse("features", "at least one feature", features);
  if (!Array.isArray(learners) || learners.length === 0) refuse("learners", "at least one learner", learners);
  if (!Number.isSafeInteger(seed) || seed < 0) refuse("seed", "a whole number from 0", seed);
  if (!Number.isSafeInteger(innerFolds) || innerFolds < 2 || innerFolds > 20)
    refuse("innerFolds", "a whole number from 2 to 20", innerFolds);
  if (options.memory !== undefined && !isEnough(options.memory))
    refuse("memory", 'an amount from "512MB" on, such as "2GB"', options.memory);
}

function isEnough(memory: string): boolean {
  try {
    memoryShares(memoryBytes(memory));
    return true;
  } catch (error) {
    if (error instanceof ForewarnError) return false;
    throw error;
  }
}

function checkArchive(options: PipelineOptions, file: string): void {
  const { events = {}, reference = {} } = options;
  if (!isObject(events)) throw badValue("events", "sources by name", shownJson(events), file);
  checkShape(shapes.referenceShape, reference, "reference", file);
  checkMappings(archiveOf(options));
}

function checkOperatingCycles({ cycles, time }: PipelineOptions, file: string): void {
  if (cycles === undefined) return;
  if (time === "cycles")
    throw badValue("cycles", "none where `time` is a counter: every row is a cycle", shownJson(cycles), file);
  checkCycles(cycles, `${file}, cycles`);
}

function checkLearners({ learners }: PipelineOptions, file: string): void {
  learners.forEach((learner, i) => {
    checkShape(shapes.learnerShape, learner, `learners[${i}]`, file);
    try {
      learnerOf(learner);
    } catch (error) {
      if (!(error instanceof ForewarnError)) throw error;
      throw badValue(`learners[${i}]`, "a learner", `"${learner.learner}"`, file, error.details.hint);
    }
  });
  const names = learners.map((learner) => learner.name);
  if (new Set(names).size !== names.length)
    throw badValue("learners", "a name of its own for each learner", shownJson(names), file);
}

function checkPublish({ publish }: PipelineOptions, file: string): void {
  if (publish === undefined) return;
  checkShape(shapes.publishShape, publish, "publish", file);
  if (publish.alias !== undefined) checkAlias(publish.alias, "publish.alias", file);
  publish.when?.forEach((gate, i) => {
    const option = `publish.when[${i}]`;
    checkKind(shapes.gateShapes, "gate", gate, option, file);
    gateChecks[gate.gate](gate as never, option, file);
  });
}

/** What a gate's word checks beyond its shape. */
const gateChecks: { [K in GateSpec["gate"]]: (gate: Extract<GateSpec, { gate: K }>, o: string, file: string) => void } =
  {
    atLeast: ({ metric, value }) => atLeast(metric, value),
    atMost: ({ metric, value }) => atMost(metric, value),
    notWorseThan: ({ alias }, option, file) => checkAlias(alias, `${option}.alias`, file),
  };

function checkAlias(alias: string, option: string, file: string): void {
  try {
    checkAliasName(alias);
  } catch (error) {
    if (!(error instanceof ForewarnError)) throw error;
    throw badValue(option, error.details.expected, shownJson(alias), file);
  }
}

/** Every length and instant, and those that must not be longer than another. */
function checkTimes(options: PipelineOptions, file: string): void {
  const { time = "timestamp", every, stale, label, split, evaluate } = options;
  const length = (duration: string | undefined, option: string) =>
    duration === undefined ? undefined : durationLength(duration, time, `${file}, ${option}`);
  length(every, "every");
  length(stale, "stale");
  length(label.mergeWithin, "label.mergeWithin");
  if (split.split === "byTime") parseInstant(split.at, time, `${file}, split.at`);
  if (split.split === "byTime" || split.split === "rollingOrigin") length(split.embargo, "split.embargo");
  if (split.split === "rollingOrigin") {
    durationLength(split.test, time, `${file}, split.test`);
    length(split.window, "split.window");
  }
  const leadTime = length(evaluate?.leadTime, "evaluate.leadTime");
  if (label.label !== "failsWithin") return;
  if (countsCyclesAhead(label, time)) throw cyclesAheadRefused(label.horizon, file);
  const horizon = durationLength(label.horizon, time, `${file}, label.horizon`);
  if (leadTime === undefined || leadTime <= horizon) return;
  const expected = `at most the label's horizon, ${JSON.stringify(label.horizon)}`;
  throw badValue("evaluate.leadTime", expected, JSON.stringify(evaluate?.leadTime), file);
}

/** Labels can look ahead over operating cycles (`labelRows`); how long an alarm speaks for, and all that is judged by it, is a time. */
function cyclesAheadRefused(horizon: string, file: string): ForewarnError {
  return new ForewarnError("PIPELINE_DURATION", {
    problem: "the alarms of a pipeline are judged in time",
    expected: 'a length such as "48h"',
    found: shownJson(horizon),
    where: `${file}, label.horizon`,
    hint: "features may count operating cycles all the same",
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
