/** The shapes of what stands inside a pipeline's options: what each may say, and of which kind it is. */
import { z } from "zod";
import { type SelectSpec, selectShape } from "../features/selection/relevant-features.ts";
import type { LabelSpec } from "../labels/spec.ts";
import type { GateSpec } from "../registry/gates.ts";
import type { SplitSpec } from "../splits/spec.ts";

/** A length of time or an instant, which are read by themselves. */
const own = z.unknown().optional();
const name = z.string().min(1);
const wholeNumber = (least: number) => z.int().min(least);

export const placesShape = z.strictObject({
  data: name.optional(),
  registry: name.optional(),
  runs: name.optional(),
  cache: name.optional(),
});

export const evaluateShape = z.strictObject({
  cost: own,
  leadTime: own,
  resamples: wholeNumber(1).max(100_000).optional(),
});

export const costShape = z.strictObject({
  missed: z.number().min(0),
  falseAlarm: z.number().min(0),
  planned: z.number().min(0),
});

export const publishShape = z.strictObject({
  alias: name.optional(),
  when: z.array(z.unknown()).optional(),
  refit: z.boolean().optional(),
});

export const referenceShape = z.strictObject({ schedule: own, limits: own });

/** What every learner says; its own settings are checked by its word. */
export const learnerShape = z.looseObject({ learner: z.string(), name, baseline: z.boolean() });

const failures = { of: name, maintenance: name.optional(), mergeWithin: own, planned: z.enum(["healthy", "censored"]) };

export const labelShapes = {
  failsWithin: z.strictObject({
    label: z.string(),
    horizon: own,
    ...failures,
    predict: z.enum(["any", "component"]),
  }),
  remainingLife: z.strictObject({ label: z.string(), cap: z.number().gt(0).optional(), ...failures }),
} satisfies Record<LabelSpec["label"], z.ZodObject>;

export const splitShapes = {
  byTime: z.strictObject({ split: z.string(), at: own, embargo: own }),
  byMachine: z.strictObject({
    split: z.string(),
    share: z.number().gt(0).lt(1).optional(),
    folds: wholeNumber(2).optional(),
  }),
  rollingOrigin: z.strictObject({
    split: z.string(),
    folds: wholeNumber(1),
    test: own,
    window: own,
    machines: z.enum(["same", "held-out"]),
    embargo: own,
  }),
  given: z.strictObject({ split: z.string(), train: name, evaluate: name, cutoffs: z.enum(["last", "all"]) }),
} satisfies Record<SplitSpec["split"], z.ZodObject>;

export const selectShapes = { relevantFeatures: selectShape } satisfies Record<SelectSpec["select"], z.ZodObject>;

export const gateShapes = {
  atLeast: z.strictObject({ gate: z.string(), metric: z.string(), value: z.number() }),
  atMost: z.strictObject({ gate: z.string(), metric: z.string(), value: z.number() }),
  notWorseThan: z.strictObject({ gate: z.string(), alias: name, insufficient: z.enum(["refuse", "pass"]) }),
} satisfies Record<GateSpec["gate"], z.ZodObject>;
