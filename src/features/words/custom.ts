/** A feature of the user's own: a function of a window of readings. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { checkSpec } from "../check-spec.ts";
import { bundleHash, bundleShape, type CustomBundle } from "../custom/bundle.ts";
import type { Feature, PlanContext, Read } from "../feature.ts";
import { requireSensor } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface CustomOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** The sensors whose readings the function is given. */
  reads: string | readonly string[];
  /** The TypeScript or JavaScript file of the function, relative to the pipeline file. It may import other such files by relative paths. */
  module: string;
  /** The name that the function is exported by. */
  export: string;
  /** Names of the numbers that the function gives, if it gives a list of them. Default: it gives one number. */
  columns?: readonly string[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface CustomSpec {
  feature: "custom";
  name: string;
  over: readonly Duration[];
  reads: readonly string[];
  /** Once bundled, the path inside the bundle. */
  module: string;
  export: string;
  columns?: readonly string[];
  resetOn?: string;
  /** The code, once it was read. */
  bundle?: CustomBundle;
}

/**
 * `custom("swing", { over: "1d", reads: "volt", module: "./swing.ts", export: "swing" })` gives `swing_1d`: what the exported
 * function makes of `{ cutoff, windows: { volt: { times, values } } }`, a number, NaN where it is unknown (or, with `columns`, a list of
 * numbers: `swing_<column>_1d`). It is given the known readings of each window, copied, and has to depend on them alone.
 *
 * Its file is read when the pipeline is loaded, hashed, and stored with the featurizer. A registered version that carries such code runs it only
 * when that is allowed (`--allow-custom`, `allowCustom`): it is a program like any other, and not fenced in.
 */
export function custom(name: string, options: CustomOptions): CustomSpec {
  const { over, reads, columns, ...others } = options ?? {};
  const spec = {
    feature: "custom",
    name,
    over: list(over),
    reads: list(reads),
    ...(columns && { columns }),
    ...others,
  };
  return checkSpec(customFeature.shape, spec, "custom");
}

export const customFeature: Feature<CustomSpec> = {
  shape: z.strictObject({
    feature: z.literal("custom"),
    name: z.string().min(1),
    over: z.array(z.string()).min(1),
    reads: z.array(z.string()).min(1),
    module: z.string().min(1),
    export: z.string().min(1),
    columns: z.array(z.string()).min(1).max(1_000).optional(),
    resetOn: z.string().optional(),
    bundle: bundleShape.optional(),
  }),

  plan(spec, context) {
    const { schema } = context;
    const { name, over, reads, resetOn } = spec;
    bundleOfSpec(spec);
    for (const sensor of reads) requireSensor(schema, sensor, `custom("${name}")`);
    const { resets, since } = resetReads(schema, resetOn, `custom("${name}")`);
    const read: Read[] = [...reads.map((sensor) => ({ sensor })), ...resets];
    const columns = over.flatMap((duration) =>
      namesOf(spec, duration, context).map((column) => ({
        name: column,
        reads: read,
        reach: { window: durationLength(duration, schema.time), ...since },
        // It may give a number without any reading.
        unread: "kept" as const,
      })),
    );
    return { columns, reads: read };
  },

  compute(spec, context, workspace) {
    const { name, over, reads, resetOn, columns } = spec;
    for (const duration of over) {
      const window = { length: durationLength(duration, context.schema.time), resetOn };
      const outputs = namesOf(spec, duration, context).map((column) => workspace.output(column));
      if (outputs.every((output) => output === 0)) continue;
      workspace.callModule({
        name,
        bundle: bundleOfSpec(spec),
        exported: spec.export,
        reads: reads.map((sensor) => ({
          sensor,
          readings: workspace.readings(sensor),
          window: workspace.window(sensor, window),
        })),
        outputs,
        list: columns !== undefined,
      });
    }
  },
};

function namesOf({ name, columns = [""] }: CustomSpec, duration: Duration, { schema }: PlanContext): string[] {
  const length = durationName(durationLength(duration, schema.time), schema.time);
  return columns.map((column) => columnName(name, column === "" ? undefined : column, length));
}

/** @throws PIPELINE_CUSTOM_UNBUNDLED, PIPELINE_CUSTOM_HASH */
function bundleOfSpec({ name, bundle }: CustomSpec): CustomBundle {
  const where = `custom("${name}")`;
  if (bundle === undefined) {
    throw new ForewarnError("PIPELINE_CUSTOM_UNBUNDLED", {
      problem: "the code of a custom feature was not read",
      where,
      hint: "loadPipeline reads it; elsewhere call bundleFeatures(features, folder) first",
    });
  }
  const hash = bundleHash(bundle);
  if (hash === bundle.sha256) return bundle;
  throw new ForewarnError("PIPELINE_CUSTOM_HASH", {
    problem: "the code of a custom feature is not the code that was hashed",
    expected: bundle.sha256,
    found: hash,
    where,
  });
}
