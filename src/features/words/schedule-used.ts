/** How much of a component's recommended interval has gone by. */
import { z } from "zod";
import { lifeUnit } from "../../core/time.ts";
import { elapsedCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext, Read, Training } from "../feature.ts";
import type { OutputNode } from "../outputs/table.ts";
import type { LearnedSchedule, ScheduleUsedSpec } from "../spec.ts";
import { maintenanceTable, requireReference, requireTable } from "./known.ts";
import { learnedScheduleShape } from "./learned-schedule.ts";
import { lifeQuantile } from "./life-quantile.ts";
import { lives } from "./lives.ts";
import { columnName } from "./names.ts";

export interface ScheduleUsedOptions {
  /** The event table of replacements, whose kinds are the components. Default: "maintenance", where there is one. */
  maintenance?: string;
  /**
   * Where no replacement is visible, count from the machine's `commissionedAt`, else for counters from 0: only for archives whose
   * maintenance records reach back to commissioning. A `learnedSchedule` then learns from first lives too. Default: false, NaN
   * there, since a replacement may have gone unrecorded.
   */
  fromCommissioning?: boolean;
}

/**
 * The share of a component's interval used since its last visible replacement; 1 is due, more is overdue. NaN where no
 * replacement is visible (but see `fromCommissioning`) or the interval is unknown.
 *
 * `scheduleUsed("schedule")` takes the reference table, of all rows that hold for the machine the one with the most matching
 * attributes, then the newest. `scheduleUsed(learnedSchedule({ of: "failures" }))` learns the intervals from training, for each
 * component that was seen to fail. Either gives `schedule_<component>_used`.
 */
export function scheduleUsed(
  schedule: "schedule" | LearnedSchedule,
  options: ScheduleUsedOptions = {},
): ScheduleUsedSpec {
  const { maintenance, fromCommissioning, ...others } = options ?? {};
  const spec = {
    feature: "scheduleUsed",
    schedule,
    ...(maintenance !== undefined && { maintenance }),
    ...(fromCommissioning !== undefined && { fromCommissioning }),
    ...others,
  };
  return checkSpec(scheduleUsedFeature.shape, spec, "scheduleUsed");
}

export const scheduleUsedFeature: Feature<ScheduleUsedSpec> = {
  shape: z.strictObject({
    feature: z.literal("scheduleUsed"),
    schedule: z.union([z.literal("schedule"), learnedScheduleShape], '"schedule" or learnedSchedule({ of })'),
    maintenance: z.string().optional(),
    fromCommissioning: z.boolean().optional(),
  }),

  plan(spec, context) {
    const replacements = replacementTable(spec, context);
    const replaced = replacements === undefined ? [] : [{ table: replacements }];
    const components = componentsOf(spec, context);
    const reach = (component: string) =>
      replacements === undefined ? {} : { reach: { since: { table: replacements, kind: component || undefined } } };
    if (spec.schedule === "schedule") {
      const reads: Read[] = [...replaced, { reference: "schedule" }];
      return {
        columns: components.map(({ component, rawName }) => ({ name: rawName, reads, ...reach(component) })),
        reads,
      };
    }
    const table = spec.schedule.of;
    const columns = components.map(({ component, rawName }) => ({
      name: rawName,
      reads: [...replaced, { table, kind: component }],
      ...reach(component),
    }));
    const fittedNames = components.map(({ outputName }) => outputName);
    return { columns, reads: [...replaced, { table }], fittedNames };
  },

  compute(spec, context, workspace) {
    const table = replacementTable(spec, context);
    const unit = lifeUnit(context.schema.time);
    const fallback = spec.fromCommissioning === true ? workspace.commissioned() : 0;
    for (const { component, rawName } of componentsOf(spec, context)) {
      const anchor = table === undefined ? 0 : workspace.lastEvent(table, component === "" ? undefined : component);
      const since = { anchor, fallback };
      const interval = spec.schedule === "schedule" ? workspace.interval(component) : 0;
      workspace.call(elapsedCall(workspace.rows, since, unit, interval, workspace.output(rawName)));
    }
  },

  fit(spec, context, training) {
    const components = componentsOf(spec, context);
    if (spec.schedule === "schedule") return components.map(({ rawName }) => ({ from: "raw", name: rawName }));
    return learnIntervals(spec, spec.schedule, context, training);
  },
};

function learnIntervals(
  spec: ScheduleUsedSpec,
  schedule: LearnedSchedule,
  context: PlanContext,
  training: Training,
): OutputNode[] {
  const maintenance = replacementTable(spec, context);
  const { fromCommissioning = false } = spec;
  return componentsOf(spec, context).flatMap(({ component, rawName, outputName }): OutputNode[] => {
    const known = lives(training, { component, failures: schedule.of, maintenance, fromCommissioning });
    const interval = lifeQuantile(known, schedule.quantile);
    return interval === undefined ? [] : [{ from: "share", name: outputName, column: rawName, interval }];
  });
}

function replacementTable({ schedule, maintenance }: ScheduleUsedSpec, { schema }: PlanContext): string | undefined {
  const named = schedule === "schedule" ? maintenance : (schedule.maintenance ?? maintenance);
  return maintenanceTable(schema, named, "scheduleUsed");
}

/** A learned schedule's raw column is the time since new; the share of the interval is made of it once that is learned. */
function componentsOf({ schedule }: ScheduleUsedSpec, { schema }: PlanContext) {
  const learned = schedule !== "schedule";
  const components = learned
    ? requireTable(schema, schedule.of, "learnedSchedule").kinds
    : requireReference(schema, "schedule", "scheduleUsed");
  return components.map((component) => {
    const label = component === "" ? "any" : component;
    const outputName = columnName("schedule", label, "used");
    return { component, outputName, rawName: learned ? columnName("schedule", label, "sinceNew") : outputName };
  });
}
