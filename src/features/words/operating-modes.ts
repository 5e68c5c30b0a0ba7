/** The ways a machine is run, and what its sensors show beyond that. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { Feature, Training } from "../feature.ts";
import { completeRows, LEAST_ROWS } from "../fitting/complete-rows.ts";
import { findModes } from "../fitting/find-modes.ts";
import { standardisation } from "../fitting/standardisation.ts";
import type { InModeOutput } from "../outputs/in-mode.ts";
import { plainNumbers } from "../outputs/learned.ts";
import { type ModesOutput, nearestMode } from "../outputs/modes.ts";
import { fittingRows, hasAll, healthyRows } from "./fitting-rows.ts";
import { list } from "./list.ts";
import { columnList, planMadeOf } from "./made-of.ts";
import { columnName } from "./names.ts";

export interface OperatingModesSpec {
  feature: "operatingModes";
  /** The columns that describe how the machine is run; not called `by`, which in plain data is a length of time. */
  conditions: readonly string[];
  modes: number | "auto";
  standardise?: readonly string[];
  name?: string;
}

export interface OperatingModesOptions {
  /** The columns that describe how the machine is run. */
  by: string | readonly string[];
  /**
   * How many modes there are, 1 to 50. Default: "auto", of 2 to 10 the number whose modes stand apart best (the largest mean
   * silhouette), or one mode where none reaches 0.7, which L. Kaufman and P. Rousseeuw (1990) call a strong structure.
   */
  modes?: number | "auto";
  /** Columns that are also given as the distance from their mean in the row's mode. Default: none. */
  standardise?: string | readonly string[];
  /** What the modes' columns begin with. Default: "mode". */
  name?: string;
}

/** What "auto" can find. */
const MOST_FOUND = 10;

/**
 * `operatingModes({ by: ["load_last_1h", "altitude_last_1h"], standardise: ["temperature_mean_3h"] })` gives `mode_1`, `mode_2` and
 * so on (1 in the row's mode, 0 in the others) and `temperature_mean_3h_inMode`: (x - mean) / sd over the healthy training rows of
 * that mode, without unit. All are columns of features that stand before it.
 *
 * Modes are clusters (k-means, seeded; of at most 5,000 rows evenly spaced over the healthy training rows where all of `by` are
 * known) of the standardised columns of `by`, numbered by their centre's first column, then the next. A column's mean and sd in a
 * mode with fewer than 10 known rows, or where it does not vary, are those over all modes; where these too say nothing it is NaN. A
 * row's mode is the one with the nearest centre. NaN where an input is missing, and everywhere where such rows are fewer than 10,
 * or than twice the columns of `by`. A mode asked for that the rows do not have is 0 on all of them. Where no training row is known
 * to be healthy all of them count.
 */
export function operatingModes(options: OperatingModesOptions): OperatingModesSpec {
  const { by, modes = "auto", standardise, name, ...others } = options ?? {};
  const spec = {
    feature: "operatingModes",
    conditions: list(by),
    modes,
    ...(standardise !== undefined && { standardise: list(standardise) }),
    ...(name !== undefined && { name }),
    ...others,
  };
  return checkSpec(operatingModesFeature.shape, spec, "operatingModes");
}

export const operatingModesFeature: Feature<OperatingModesSpec> = {
  shape: z.strictObject({
    feature: z.literal("operatingModes"),
    conditions: columnList,
    modes: z.union([z.literal("auto"), z.int().min(1).max(50)], '"auto" or a whole number from 1 to 50'),
    standardise: columnList.optional(),
    name: z.string().min(1).optional(),
  }),

  plan(spec, context) {
    const { conditions, modes, standardise = [] } = spec;
    const names = modeNames(spec, modes === "auto" ? MOST_FOUND : modes);
    const fitted = [...names, ...standardise.map((column) => inModeName(spec, column))];
    return planMadeOf([...conditions, ...standardise], fitted, context, "operatingModes");
  },

  compute() {},

  fit(spec, _, training) {
    const { conditions, standardise = [] } = spec;
    if (!hasAll(training, conditions)) return [];
    const modes = learnModes(spec, training);
    const rowsOf = rowsByMode(modes, training);
    const wanted = standardise.filter((column) => training.has(column));
    return [modes, ...wanted.map((column) => learnInMode(spec, column, modes.names, { rowsOf, training }))];
  },
};

function learnModes(spec: OperatingModesSpec, training: Training): ModesOutput {
  const { conditions: by, modes } = spec;
  const found = fittingRows(training, by);
  const empty = { scales: by.map(() => 0), centres: [] };
  const learned = found === undefined ? empty : findModes(found, modes === "auto" ? { most: MOST_FOUND } : { modes });
  const names = modeNames(spec, modes === "auto" ? Math.max(1, learned.centres.length) : modes);
  return { from: "modes", names, by, ...learned };
}

/** The healthy training rows of each mode. */
function rowsByMode({ by, scales, centres }: ModesOutput, training: Training): Uint32Array[] {
  const inputs = by.map((name) => training.column(name));
  const rows = healthyRows(training);
  const modeOf = Int8Array.from(rows, (row) => nearestMode(inputs, row, scales, centres));
  return centres.map((_, mode) => rows.filter((_, i) => modeOf[i] === mode));
}

function learnInMode(
  spec: OperatingModesSpec,
  column: string,
  names: readonly string[],
  { rowsOf, training }: { rowsOf: readonly Uint32Array[]; training: Training },
): InModeOutput {
  const values = training.column(column);
  const known = rowsOf.map((rows) => completeRows([values], rows));
  const overall = spread(values, joined(known)) ?? { mean: 0, sd: 0 };
  const each = known.map((rows) => spread(values, rows) ?? overall);
  return {
    from: "inMode",
    name: inModeName(spec, column),
    column,
    modes: names.slice(0, rowsOf.length),
    means: plainNumbers(each.map(({ mean }) => mean)),
    sds: each.map(({ sd }) => sd),
  };
}

/** All rows, mode by mode. */
function joined(each: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(each.reduce((length, rows) => length + rows.length, 0));
  let at = 0;
  for (const rows of each) {
    all.set(rows, at);
    at += rows.length;
  }
  return all;
}

/** Undefined where too few rows, or no variation, say nothing of it. */
function spread(values: Float32Array, rows: Uint32Array): { mean: number; sd: number } | undefined {
  if (rows.length < LEAST_ROWS) return undefined;
  const { means, scales } = standardisation([values], rows);
  return scales[0] === 0 ? undefined : { mean: means[0], sd: scales[0] };
}

function modeNames({ name = "mode" }: OperatingModesSpec, count: number): string[] {
  return Array.from({ length: count }, (_, i) => columnName(name, String(i + 1)));
}

/** `_inMode`, or `_inRegime` where the modes are called "regime". */
function inModeName({ name = "mode" }: OperatingModesSpec, column: string): string {
  return columnName(column, `in${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}
