/** Computes the unfitted columns of a plan, on this thread or on several, a group of machines after the other: the same bits. */
import { checkMemory } from "../../archive/sorted-memory.ts";
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet } from "../../core/fleet.ts";
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import { threadCount } from "../../core/threads.ts";
import { CountedMemory } from "../../kernels/counted-memory.ts";
import type { KernelMemory } from "../../kernels/memory.ts";
import { fleetWithCycles } from "../cycles/with-cycles.ts";
import type { FeaturePlan } from "../plan.ts";
import { type ComputeOptions, kernelBytes } from "./compute-options.ts";
import { type ComputeThreads, computeThreads, type Thread } from "./compute-threads.ts";
import { type FleetRows, fleetRows } from "./fleet-rows.ts";
import { type Group, groupInput } from "./group.ts";
import { type GroupLimits, groupLimits, groupsAtOnce } from "./group-limits.ts";
import { layOut } from "./layout.ts";
import { layoutCost, rowWidth } from "./layout-cost.ts";
import { halves, planGroups } from "./plan-groups.ts";
import { type SortedRows, sortRows } from "./sort-rows.ts";
import { tableReaches } from "./table-reach.ts";

/**
 * The raw columns of a plan at the cutoffs, which may come in any order: `rawNames`, float32, missing is NaN with the bits 7fc00000.
 * @throws DATA_* when the fleet lacks what the plan reads, DATA_MEMORY when a single cutoff takes more than `memory`, DATA_TOO_LARGE
 * when it takes more than 4 GiB, INTERRUPTED_FEATURES when aborted, USAGE_THREADS, USAGE_MEMORY.
 */
export async function computeFeatures(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  options: ComputeOptions = {},
): Promise<Matrix> {
  const computer = openComputer(options);
  try {
    return await computer.compute(plan, fleet, cutoffs, options.onProgress);
  } finally {
    await computer.close();
  }
}

/** `computeFeatures` of one fleet after the other, on the same threads and in the same memory. */
export interface FeatureComputer {
  compute(
    plan: FeaturePlan,
    fleet: Fleet,
    cutoffs: Cutoffs,
    onProgress?: ComputeOptions["onProgress"],
  ): Promise<Matrix>;
  /** Stops the threads that were started. */
  close(): Promise<void>;
}

/** Starts nothing before something is computed. @throws USAGE_THREADS, USAGE_MEMORY */
export function openComputer({ threads = 1, memory, signal }: Omit<ComputeOptions, "onProgress">): FeatureComputer {
  const limits = groupLimits(threadCount(threads), kernelBytes(memory));
  const crew = computeThreads({ threads, most: limits.most, signal });
  return {
    compute: (plan, fleet, cutoffs, onProgress) =>
      computeOn(crew, plan, fleet, cutoffs, { threads, signal, onProgress }, limits),
    close: () => crew.close(),
  };
}

/** The same in groups of a given size, which changes no value. */
export async function computeInGroups(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  options: ComputeOptions,
  limits: GroupLimits,
): Promise<Matrix> {
  const crew = computeThreads({ threads: options.threads ?? 1, most: limits.most, signal: options.signal });
  try {
    return await computeOn(crew, plan, fleet, cutoffs, options, limits);
  } finally {
    await crew.close();
  }
}

async function computeOn(
  crew: ComputeThreads,
  plan: FeaturePlan,
  given: Fleet,
  cutoffs: Cutoffs,
  { threads = 1, signal, onProgress }: ComputeOptions,
  limits: GroupLimits,
): Promise<Matrix> {
  checkTime(plan, given);
  const fleet = fleetWithCycles(given, plan.schema);
  const sorted = sortRows(fleetRows(fleet, cutoffs));
  const { rows } = sorted;
  const reaches = tableReaches(plan, fleet);
  const groups = isSmall(plan, fleet, rows, limits)
    ? [
        {
          from: 0,
          to: rows.cutoff.length,
          firstMachine: rows.machine[0],
          lastMachine: rows.machine[rows.machine.length - 1],
        },
      ]
    : planGroups({ fleet, rows, cost: layoutCost(plan, fleet), reaches }, limits).reverse();
  const length = cutoffs.cutoff.length;
  const columns = plan.rawNames.map(() => new Float32Array(length));
  let done = 0;

  async function computeAll(thread: Thread): Promise<void> {
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      const input = groupInput(fleet, rows, group, reaches);
      thread.memory.reset();
      let made: ReturnType<typeof layOut>;
      try {
        made = layOut(plan, input.fleet, input.cutoffs, thread.memory);
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        const parts = halves(rows, group);
        if (parts === undefined) throw tooSmall(plan, input, limits, threads) ?? error;
        groups.push(...parts.reverse());
        continue;
      }
      await thread.run(made.laidOut);
      copyOut(made.columns, thread.memory, columns, group, sorted);
      done += group.to - group.from;
      onProgress?.(done, length);
    }
  }

  try {
    await crew.run(groups.length, computeAll);
  } catch (cause) {
    throw signal?.aborted ? interrupted(cause) : cause;
  }
  if (done !== length) throw notComputed(done, length);
  return { rows: length, names: plan.rawNames, columns };
}

/** Whether it surely is a single group, so that no cost needs to be found. Should it not be, it is cut once it does not fit. */
function isSmall({ rawNames }: FeaturePlan, fleet: Fleet, { cutoff }: FleetRows, { usual }: GroupLimits): boolean {
  const events = Object.values(fleet.events).reduce((sum, { time }) => sum + time.length, 0);
  const numbers = fleet.telemetry.reduce(
    (sum, { time, sensors }) => sum + time.length * rowWidth(Object.keys(sensors).length),
    0,
  );
  const bytes = cutoff.length * (64 + 24 * rawNames.length) + numbers * 40 + events * 100;
  return cutoff.length > 0 && bytes < usual;
}

/** To where the rows of a group belong. */
function copyOut(
  from: readonly number[],
  memory: KernelMemory,
  columns: readonly Float32Array[],
  group: Group,
  { places }: SortedRows,
): void {
  for (const [i, column] of columns.entries()) {
    const values = memory.viewFloat32(from[i], group.to - group.from);
    if (places === undefined) column.set(values, group.from);
    else for (let row = 0; row < values.length; row++) column[places[group.from + row]] = values[row];
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ForewarnError && error.code === "DATA_TOO_LARGE";
}

/** The error that says how much memory would do; undefined where no memory would. */
function tooSmall(
  plan: FeaturePlan,
  { fleet, cutoffs }: ReturnType<typeof groupInput>,
  { most }: GroupLimits,
  threads: number,
): unknown {
  const memory = new CountedMemory();
  layOut(plan, fleet, cutoffs, memory);
  const atOnce = groupsAtOnce(threads);
  try {
    const machine = `the features of ${fleet.machines[0]} at one cutoff on ${threads} thread${threads === 1 ? "" : "s"}`;
    if (memory.bytes < 2 ** 32) checkMemory((memory.bytes + 2 ** 16) * atOnce, most * atOnce, machine);
  } catch (error) {
    return error;
  }
  return undefined;
}

function checkTime({ schema }: FeaturePlan, { time }: Fleet): void {
  if (schema.time === time) return;
  throw new ForewarnError("DATA_TIME_KIND", {
    problem: "the fleet counts time in another way than the plan",
    expected: schema.time,
    found: time,
  });
}

/** Memory that was only reserved would read as features that are all 0. */
function notComputed(done: number, rows: number): ForewarnError {
  return new ForewarnError("BUG_ROWS_NOT_COMPUTED", {
    problem: "the computation of features ended early",
    expected: `${rows} rows`,
    found: String(done),
  });
}

function interrupted(cause: unknown): ForewarnError {
  return new ForewarnError("INTERRUPTED_FEATURES", { problem: "the computation of features was interrupted", cause });
}
