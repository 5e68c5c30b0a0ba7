/** Runs of equal readings of one sensor, and which of them are too long to be chance: a sensor that is stuck. */
import { log } from "../core/math.ts";

export interface ConstantRun {
  /** Index of the machine. */
  machine: number;
  value: number;
  /** Readings in a row. */
  readings: number;
  /** The first and the last of them. */
  from: number;
  to: number;
}

export interface RunCollector {
  /** The next reading of a machine; missing ones are left out by the caller. */
  add(value: number, time: number): void;
  /** All readings of a machine were added. */
  endMachine(machine: number): void;
  /** The runs that are too long, the longest first; those at the least or the greatest value of all are saturated, not stuck. */
  tooLong(): { stuck: ConstantRun[]; saturated: ConstantRun[] };
  /** Whether all readings of all machines are equal. */
  isConstant(): boolean;
}

/** Shorter runs are never called stuck. */
const SHORTEST = 12;
/** A run this many times the longest that chance would bring is stuck. */
const BEYOND_CHANCE = 3;
/** At the end of a scale, this many times longer still. */
const EDGE = 4;
const MOST_KEPT = 5_000;

/**
 * Two readings in a row are equal with a chance that depends on the sensor's resolution: it is taken from the median machine, so that
 * machines whose sensor is stuck do not hide themselves. Of n readings, the longest run by chance is about log(n) / log(1 / chance).
 * Sensors that usually stand still (switches, set points) are judged only by machines whose readings never change at all.
 */
export function runCollector(): RunCollector {
  let kept: ConstantRun[] = [];
  const machines: { machine: number; readings: number; equal: number; whole?: ConstantRun }[] = [];
  let run = fresh(Number.NaN, 0);
  let [readings, equal] = [0, 0];
  let ofMachine: ConstantRun[] = [];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  return {
    add(value, time) {
      readings++;
      if (value < least) least = value;
      if (value > most) most = value;
      if (value === run.value) {
        equal++;
        run.readings++;
        run.to = time;
        return;
      }
      if (run.readings >= SHORTEST) ofMachine.push(run);
      run = fresh(value, time);
    },
    endMachine(machine) {
      if (run.readings >= SHORTEST) ofMachine.push(run);
      const whole = run.readings === readings && readings >= SHORTEST ? { ...run, machine } : undefined;
      if (readings > 0) machines.push({ machine, readings, equal, whole });
      kept.push(...ofMachine.map((one) => ({ ...one, machine })));
      if (kept.length > 2 * MOST_KEPT) kept = longestFirst(kept).slice(0, MOST_KEPT);
      run = fresh(Number.NaN, 0);
      [readings, equal] = [0, 0];
      ofMachine = [];
    },
    isConstant: () => !(least < most),
    tooLong() {
      const shares = machines.map((one) => one.equal / Math.max(1, one.readings - 1)).sort((a, b) => a - b);
      const usual = shares[Math.floor((shares.length - 1) / 2)] ?? 1;
      if (!(least < most)) return { stuck: [], saturated: [] };
      if (usual > 0.5) {
        const still = machines.flatMap(({ whole }) => (usual < 0.999 && whole !== undefined ? [whole] : []));
        return { stuck: longestFirst(still), saturated: [] };
      }
      const total = machines.reduce((sum, one) => sum + one.readings, 0);
      const chance = Math.max(usual, 0.001);
      const longest = Math.max(SHORTEST, Math.ceil((BEYOND_CHANCE * log(total)) / -log(chance)));
      const long = longestFirst(kept.filter((one) => one.readings >= longest));
      const atEdge = ({ value }: ConstantRun) => value === least || value === most;
      // A reading that is as low or high as any, again and again, is the end of a scale; for days on end, it is none.
      const isSaturated = (run: ConstantRun) => atEdge(run) && run.readings < EDGE * longest;
      return { stuck: long.filter((run) => !isSaturated(run)), saturated: long.filter(isSaturated) };
    },
  };
}

function fresh(value: number, time: number): ConstantRun {
  return { machine: -1, value, readings: 1, from: time, to: time };
}

function longestFirst(runs: readonly ConstantRun[]): ConstantRun[] {
  return [...runs].sort((a, b) => b.readings - a.readings || a.machine - b.machine || a.from - b.from);
}
