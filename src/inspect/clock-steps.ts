/** The clocks of an archive: times that step back in the order of a file, lie in the future, or jump by an hour for many machines at once. */
import type { Database } from "../archive/database.ts";
import { MICROS_PER_HOUR } from "../core/time.ts";
import { DAY, type TelemetryGroup, UNSET_BEFORE } from "./telemetry-groups.ts";
import type { TelemetryWalk } from "./walk-telemetry.ts";

export interface ClockStep {
  machine: string;
  /** The file and the row from 1 at which the time is earlier than in the machine's row before it. */
  path: string;
  row: number;
  from: number;
  to: number;
}

export interface ClockFacts {
  /** Rows that are older than the row of their machine before them in the same file. */
  back: number;
  /** The largest steps back. */
  steps: readonly ClockStep[];
  /** Rows later than now, those of them more than a day later, and the latest. */
  future: number;
  farFuture: number;
  latest?: number;
  /** Rows before 1990: a clock that was never set. */
  unset: number;
}

const MOST_STEPS = 20;

/** @param now the present, in microseconds since the epoch; undefined for counters */
export async function clockFacts(
  database: Database,
  group: TelemetryGroup,
  now: number | undefined,
): Promise<ClockFacts> {
  const before = `SELECT source, file, row, machine, time, lag(time) OVER (PARTITION BY source, file, machine ORDER BY row) AS before FROM ${group.view}`;
  const steps = await database.rows(
    `SELECT count(*) OVER (), machine, source, file, row, before, time FROM (${before}) WHERE time < before ORDER BY before - time DESC, machine, row LIMIT ${MOST_STEPS}`,
  );
  const [[future, farFuture, latest, unset]] =
    now === undefined
      ? [[0, 0, null, 0]]
      : await database.rows(
          `SELECT count(*) FILTER (time > ${now}), count(*) FILTER (time > ${now + DAY}), max(time), count(*) FILTER (time < ${UNSET_BEFORE}) FROM ${group.allRows}`,
        );
  return {
    back: steps.length === 0 ? 0 : Number(steps[0][0]),
    steps: steps.map(([, machine, source, file, row, from, to]) => ({
      machine: String(machine),
      path: group.sources[Number(source)].files[Number(file)].path,
      row: Number(row),
      from: Number(from),
      to: Number(to),
    })),
    future: Number(future),
    farFuture: Number(farFuture),
    ...(latest === null ? {} : { latest: Number(latest) }),
    unset: Number(unset),
  };
}

export interface HourJump {
  /** The last instant before it. */
  at: number;
  /** Machines that miss the hour after it. */
  machines: number;
}

/**
 * Hours that at least half of the machines miss at once on a Sunday in the season when clocks go forward: local times. Only where the
 * usual interval is at most an hour, so that an hour can be missed.
 */
export function missedHours({ time, offsets, machines, usual }: TelemetryWalk): HourJump[] {
  if (!(usual <= MICROS_PER_HOUR)) return [];
  const missed = new Map<number, number>();
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let i = offsets[machine] + 1; i < offsets[machine + 1]; i++) {
      const longer = time[i] - time[i - 1] - usual;
      if (Math.abs(longer - MICROS_PER_HOUR) > 0.02 * usual || !mayGoForward(time[i - 1])) continue;
      missed.set(time[i - 1], (missed.get(time[i - 1]) ?? 0) + 1);
    }
  }
  return [...missed]
    .map(([at, count]) => ({ at, machines: count }))
    .filter((jump) => jump.machines >= 2 && jump.machines >= machines.length / 2)
    .sort((a, b) => a.at - b.at);
}

/** A night from Saturday to Sunday in March or April, September or October. */
function mayGoForward(instant: number): boolean {
  const date = new Date(instant / 1000);
  return date.getUTCDay() === 0 && date.getUTCHours() < 4 && [2, 3, 8, 9].includes(date.getUTCMonth());
}
