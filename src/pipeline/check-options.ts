/** Checks a pipeline's options for what types cannot see: unknown words, missing ones, names that would collide. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { durationLength } from "../core/time.ts";
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
  "every",
  "stale",
  "evaluate",
  "innerFolds",
  "publish",
  "seed",
  "environments",
] as const;

/** @throws PIPELINE_OPTION_UNKNOWN, PIPELINE_OPTION_MISSING, PIPELINE_OPTION_VALUE, PIPELINE_DURATION */
export function checkOptions(options: PipelineOptions, where: string): void {
  const known: readonly string[] = [...required, ...optional];
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new ForewarnError("PIPELINE_OPTION_UNKNOWN", {
        problem: "a pipeline has no such option",
        found: name,
        where,
        hint: didYouMean(name, known),
      });
    }
  }
  for (const name of required) {
    if (options[name] === undefined) {
      throw new ForewarnError("PIPELINE_OPTION_MISSING", {
        problem: "a pipeline lacks an option it needs",
        expected: name,
        where,
      });
    }
  }
  const refuse = (option: string, expected: string, found: unknown): never => {
    throw new ForewarnError("PIPELINE_OPTION_VALUE", {
      problem: `\`${option}\` has a value it cannot take`,
      expected,
      found: JSON.stringify(found),
      where,
    });
  };
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(options.name))
    refuse("name", "lower-case letters, digits, '.', '_' and '-'", options.name);
  if (options.features.length === 0) refuse("features", "at least one feature", []);
  if (options.learners.length === 0) refuse("learners", "at least one learner", []);
  const names = options.learners.map((learner) => learner.name);
  if (new Set(names).size !== names.length) refuse("learners", "a name of its own for each learner", names);
  const seed = options.seed ?? 0;
  if (!Number.isSafeInteger(seed) || seed < 0) refuse("seed", "a whole number from 0", seed);
  const innerFolds = options.innerFolds ?? 3;
  if (!Number.isSafeInteger(innerFolds) || innerFolds < 2 || innerFolds > 20)
    refuse("innerFolds", "a whole number from 2 to 20", innerFolds);
  const time = options.time ?? "timestamp";
  for (const duration of [options.every, options.stale, options.evaluate?.leadTime])
    if (duration !== undefined) durationLength(duration, time);
}
