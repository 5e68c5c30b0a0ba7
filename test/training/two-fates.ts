/** A fleet that wears, fails and is repaired, in two versions, and a mixture of both: up to somewhere the one, from there on the other. */

import { type Random, random } from "../../src/core/random.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";
import type { EventRow, FleetRows, MachineRow, ReadingRow } from "../features/support/make-fleet.ts";

const MACHINES = 6;
const HOURS = 240;

/** What decides from which version a row is taken. */
export interface Stamp {
  machine: string;
  /** When the row became known, in microseconds. */
  knownAt: number;
  /** Failures and maintenance, visible strictly after that instant. */
  outcome: boolean;
}

interface Fate {
  volt: ReadingRow[];
  events: Record<"errors" | "maintenance" | "failures", EventRow[]>;
  machineTable: MachineRow[];
}

/** The rows of the first version that `keep` takes, and those of the second that it does not. */
export function mixedFates(keep: (stamp: Stamp) => boolean): FleetRows {
  const [first, second] = [fate(1, "e2", "model y"), fate(2, "e3", "model z")];
  function mixed<Row extends { machine?: string; time: number; knownAt?: number }>(
    ours: readonly Row[],
    theirs: readonly Row[],
    outcome: boolean,
  ): Row[] {
    const kept = ({ machine = "", time, knownAt = time }: Row) => keep({ machine, knownAt, outcome });
    return [...ours.filter(kept), ...theirs.filter((row) => !kept(row))];
  }
  const from = ({ machine = "", validFrom = 0 }: MachineRow) => keep({ machine, knownAt: validFrom, outcome: false });
  return {
    time: "timestamp",
    telemetry: { t: mixed(first.volt, second.volt, false) },
    events: {
      errors: mixed(first.events.errors, second.events.errors, false),
      maintenance: mixed(first.events.maintenance, second.events.maintenance, true),
      failures: mixed(first.events.failures, second.events.failures, true),
    },
    machineTable: [...first.machineTable.filter(from), ...second.machineTable.filter((row) => !from(row))],
  };
}

/** Every 40 to 60 hours a machine fails and is repaired at once; volt rises to that, errors come shortly before, some readings late. */
function fate(seed: number, rareError: string, laterModel: string): Fate {
  const numbers = random(seed, "fate");
  const made: Fate = { volt: [], events: { errors: [], maintenance: [], failures: [] }, machineTable: [] };
  for (let m = 0; m < MACHINES; m++) {
    const machine = `m${m}`;
    const failures = failingHours(numbers);
    for (const hour of failures) {
      const at = { machine, time: hour * HOUR, kind: numbers.uniform() < 0.5 ? "a" : "b" };
      made.events.failures.push(at);
      made.events.maintenance.push(at);
      made.events.errors.push({ machine, time: (hour - 2 - numbers.integer(6)) * HOUR, kind: "e1" });
    }
    made.events.maintenance.push({ machine, time: (numbers.integer(HOURS) + 0.5) * HOUR, kind: "a" });
    made.events.errors.push({ machine, time: (numbers.integer(HOURS) + 0.5) * HOUR, kind: rareError });
    for (let hour = 0; hour < HOURS; hour++) {
      const worn = hour - (failures.findLast((failure) => failure < hour) ?? -20);
      const late = hour % 11 === 3 ? 2 : 0;
      const volt = worn / 10 + numbers.normal();
      made.volt.push({ machine, time: hour * HOUR, knownAt: (hour + late) * HOUR, values: { volt } });
    }
    made.machineTable.push(
      { machine, validFrom: 0, attributes: { model: m % 2 === 0 ? "model x" : laterModel, age: numbers.integer(20) } },
      { machine, validFrom: 130 * HOUR, attributes: { model: laterModel, age: numbers.integer(20) } },
    );
  }
  return made;
}

/** None in the last day, so that both versions are known equally long. */
function failingHours(numbers: Random): number[] {
  const hours: number[] = [];
  for (let hour = 15 + numbers.integer(30); hour < HOURS - 24; hour += 40 + numbers.integer(20)) hours.push(hour);
  return hours;
}
