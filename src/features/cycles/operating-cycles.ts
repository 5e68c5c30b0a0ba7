/** `operatingCycles`: how a machine's telemetry falls into cycles of running, as plain data. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { shapeProblem } from "../../core/shape-problem.ts";
import { type Duration, durationLength } from "../../core/time.ts";

/** Runs of rows without a longer pause than `gap`. */
export interface GapCycles {
  cycles: "gap";
  /** A pause that is longer ends a cycle; one of exactly this length does not. */
  gap: Duration;
  /**
   * How much later than its time a row may become known and still count; a cycle is seen that much after its end. A row that becomes
   * known later is in no cycle. Default: none; in a pipeline the longest delay that its telemetry states.
   */
  late?: Duration;
}

/** Runs of rows in which a column of state has one value. */
export interface StateCycles {
  cycles: "state";
  /** The sensor that tells whether the machine runs; a row in which it is missing tells nothing. */
  state: string;
  /** Its value while a cycle lasts. */
  is: number;
  /** A cycle ends if no row tells the state for so long, as it does at the first row of another state. */
  silence: Duration;
  /** As in `GapCycles`. */
  late?: Duration;
}

export type OperatingCycles = GapCycles | StateCycles;

export type OperatingCyclesOptions = Omit<GapCycles, "cycles"> | Omit<StateCycles, "cycles">;

/**
 * The operating cycles of machines that start and stop: `operatingCycles({ gap: "30s" })`, or by a column of state
 * `operatingCycles({ state: "running", is: 1, silence: "10m" })`.
 *
 * By gaps, each telemetry row (of any source) belongs to a cycle: to that of the row before it unless the pause between them is longer
 * than `gap`. The cycle ends at its last row + `gap`, the first instant at which no further row can join. By state, a cycle is a longest
 * run of rows with that state; it ends at the first row of another one, or at its last row + `silence` if that comes first.
 *
 * The end of a cycle (plus `late`) is the instant at which it is known to be closed, and none is seen before. The first cycle of a
 * machine's record is left out unless a row before it shows that it began there: its start may be missing.
 * @throws PIPELINE_CYCLES when an option is unknown, missing or of another kind; PIPELINE_DURATION when a length cannot be read.
 */
export function operatingCycles(options: OperatingCyclesOptions): OperatingCycles {
  const kind = typeof options === "object" && options !== null && "state" in options ? "state" : "gap";
  const spec = { cycles: kind, ...options } as OperatingCycles;
  checkCycles(spec, "operatingCycles(…)");
  return spec;
}

const shapes = {
  gap: z.strictObject({ cycles: z.literal("gap"), gap: z.string(), late: z.string().optional() }),
  state: z.strictObject({
    cycles: z.literal("state"),
    state: z.string().min(1),
    is: z.number(),
    silence: z.string(),
    late: z.string().optional(),
  }),
};

/** The shape of stored operating cycles, whose lengths can be read. */
export const operatingCyclesShape: z.ZodType<OperatingCycles> = z
  .discriminatedUnion("cycles", [shapes.gap, shapes.state])
  .refine(hasReadableLengths, "a length that is no time");

/** Checks what `operatingCycles` gives where it was written by hand or read back. @throws as `operatingCycles` does */
export function checkCycles(spec: OperatingCycles, where: string): void {
  const kind = typeof spec === "object" && spec !== null && Object.hasOwn(shapes, spec.cycles) ? spec.cycles : "gap";
  const shape: z.ZodObject = shapes[kind];
  const read = shape.safeParse(spec);
  if (!read.success) {
    const known = Object.keys(shape.shape).filter((name) => name !== "cycles");
    const { path, expected, found, hint } = shapeProblem(read.error, spec, known);
    throw new ForewarnError("PIPELINE_CYCLES", {
      problem: "the operating cycles cannot be read",
      expected: expected ?? 'such as operatingCycles({ gap: "30s" })',
      found: path === "" ? found : `${path}: ${found}`,
      where,
      hint,
    });
  }
  cycleRule(spec, where);
}

/** Operating cycles with their lengths in microseconds. */
export interface CycleRule {
  /** The sensor of state with the value that holds; undefined where every row belongs to a cycle. */
  state?: { sensor: string; is: number };
  /** A longer pause ends a cycle. */
  pause: number;
  late: number;
}

/** @throws PIPELINE_DURATION */
export function cycleRule(spec: OperatingCycles, where = "cycles"): CycleRule {
  const length = (duration: Duration, option: string) => durationLength(duration, "timestamp", `${where}, ${option}`);
  const late = spec.late === undefined ? 0 : length(spec.late, "late");
  if (spec.cycles === "gap") return { pause: length(spec.gap, "gap"), late };
  return { state: { sensor: spec.state, is: spec.is }, pause: length(spec.silence, "silence"), late };
}

function hasReadableLengths(spec: OperatingCycles): boolean {
  try {
    cycleRule(spec);
    return true;
  } catch (error) {
    if (error instanceof ForewarnError) return false;
    throw error;
  }
}
