/** The calls of the kernels that take moments and extremes of several sensors' windows at once. */
import {
  type CutoffColumns,
  type KernelCall,
  type RollingStatistic,
  rollingStatistics,
  type WindowColumns,
} from "./calls.ts";
import type { Address } from "./memory.ts";

/** Two or four sensors of one telemetry table side by side. */
export interface LaneColumns {
  offsets: Address;
  time: Address;
  /** 0 where no row is late. */
  knownAt: Address;
  /** As in `ReadingColumns`. */
  inOrder?: boolean;
  /** Float64 readings, `width` of them a row, missing is NaN. */
  lanes: Address;
  width: 2 | 4;
}

/** Rows grouped by blocks of absolute time, of which long windows are assembled. */
export interface GroupColumns {
  /** Index of the group of each row, uint32. */
  groupOf: Address;
  /** First row of each group, and the number of rows, uint32. */
  starts: Address;
}

/** Bytes of the moments of one group: those of assembly/moments.ts, for each pair of sensors. */
export function momentBytes(width: LaneColumns["width"]): number {
  return 48 * width;
}

/** The columns of up to four sensors as the kernel reads them, uint32: four a statistic. */
export function rollingTable(sensors: readonly Partial<Record<RollingStatistic, Address>>[]): Address[] {
  return rollingStatistics.flatMap((statistic) => [0, 1, 2, 3].map((lane) => sensors[lane]?.[statistic] ?? 0));
}

export interface RollingOptions {
  /** The slope is per `unit` of time. */
  unit: number;
  /** `rollingTable` of the columns to fill, and where it lies. */
  columns: readonly Address[];
  table: Address;
  /** Absent: every row has a group of its own. */
  groups: GroupColumns | undefined;
  /** The moments of each group, from `groupMomentsCall`; 0 where a window may hold readings that are not known yet. */
  moments: Address;
}

/** Of the moments of two windows, of extremes of 128 rows, of a run of groups and two cut ones, of 34 groups and their addresses. */
const SCRATCH = 2 * 192 + (80 + 64 * 128) + (16 + 3 * 192) + 34 * 192 + 34 * 4;

/** Statistics over windows, float32. */
export function rollingCall(
  rows: CutoffColumns,
  { time, knownAt, lanes, width }: LaneColumns,
  { first, past, allKnown = false }: WindowColumns,
  { unit, columns, table, groups, moments }: RollingOptions,
): KernelCall {
  const { groupOf, starts } = groups ?? { groupOf: 0, starts: 0 };
  const sensors = [time, allKnown ? 0 : knownAt, lanes, width * 8];
  const args = [rows.cutoff, first, past, ...sensors, groupOf, starts, moments, unit, table];
  return { kernel: "rolling", args, emits: columns, scratch: SCRATCH };
}

/** The moments of each group of readings, `momentBytes` each; the range it is run over is machines, not cutoffs. */
export function groupMomentsCall(
  { offsets, lanes, width }: LaneColumns,
  groups: GroupColumns,
  out: Address,
): KernelCall {
  return { kernel: "groupMoments", args: [offsets, groups.groupOf, groups.starts, lanes, width * 8, out] };
}
