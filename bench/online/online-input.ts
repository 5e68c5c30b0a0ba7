/** A fleet that is seen one hour after the other, and the 60 features that are made of each reading. */

import { random } from "../../src/core/random.ts";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import {
  attributes,
  computeFeatures,
  countOf,
  describeFleet,
  type Featurizer,
  fitFeaturizer,
  fleetFromRows,
  planFeatures,
  rolling,
  scheduleUsed,
  timeSince,
} from "../../src/features/index.ts";

export interface OnlineInput {
  machines: number;
  /** Readings of each machine that are measured: one an hour. */
  hours: number;
  /** Hours before them, which fill the windows. */
  warmUp: number;
  /** How many of the measured readings have their features compared. */
  compared: number;
}

export const sensors = ["volt", "rotate", "pressure", "vibration"] as const;
const kinds = ["a", "b", "c", "d"];
const START = Date.UTC(2015, 0, 1) * 1000;

/** A type, so that it may stand where any further sensors may. */
export type Reading = {
  machine: string;
  time: number;
  volt: number;
  rotate: number;
  pressure: number;
  vibration: number;
};

export interface Arrival {
  reading: Reading;
  /** What happened in the hour before it. */
  events: { table: string; event: { machine: string; time: number; kind: string } }[];
}

export const schedule = kinds.map((component, i) => ({ component, interval: 700 + 100 * i }));

export function machineRows({ machines }: OnlineInput) {
  return Array.from({ length: machines }, (_, i) => ({ machine: `m${i}`, model: `model${i % 4}`, age: i % 20 }));
}

/** Readings in the order of their arrival: each hour of every machine. */
export function* arrivals(input: OnlineInput): Generator<Arrival> {
  const draw = random(1, "online");
  const names = machineRows(input).map(({ machine }) => machine);
  for (let hour = 0; hour < input.warmUp + input.hours; hour++) {
    const time = START + hour * MICROS_PER_HOUR;
    for (const machine of names) {
      const at = time - MICROS_PER_HOUR / 2;
      const kind = kinds[draw.integer(4)];
      const chance = draw.uniform();
      const events: Arrival["events"] = [];
      if (chance < 0.02) events.push({ table: "errors", event: { machine, time: at, kind } });
      else if (chance < 0.022) events.push({ table: "maintenance", event: { machine, time: at, kind } });
      const volt = 170 + 15 * draw.normal();
      const rotate = 450 + 50 * draw.normal();
      const pressure = 100 + 10 * draw.normal();
      yield { reading: { machine, time, volt, rotate, pressure, vibration: 40 + 5 * draw.normal() }, events };
    }
  }
}

/** Fitted on the warm-up of all machines. */
export async function onlineBenchFeaturizer(input: OnlineInput): Promise<Featurizer> {
  const readings: Reading[] = [];
  const events: Record<string, { machine: string; time: number; kind: string }[]> = { errors: [], maintenance: [] };
  for (const { reading, events: happened } of arrivals({ ...input, hours: 0 })) {
    readings.push(reading);
    for (const { table, event } of happened) events[table].push(event);
  }
  const fleet = fleetFromRows({ telemetry: readings, events, machines: machineRows(input), schedule });
  const specs = [
    rolling([...sensors], { over: ["3h", "24h"], stats: ["mean", "sd", "min", "max"] }),
    rolling([...sensors], { over: "12h", stats: ["range", "slope"] }),
    countOf("errors", { over: "24h" }),
    timeSince("maintenance"),
    scheduleUsed("schedule"),
    attributes("model", "age"),
  ];
  const plan = planFeatures(specs, describeFleet(fleet));
  const last = START + (input.warmUp - 1) * MICROS_PER_HOUR;
  const cutoff = fleet.machines.flatMap(() => [last - 2 * 24 * MICROS_PER_HOUR, last]);
  const machine = Uint32Array.from(cutoff, (_, row) => row >> 1);
  const cutoffs = { machines: fleet.machines, machine, cutoff: Float64Array.from(cutoff) };
  const raw = await computeFeatures(plan, fleet, cutoffs);
  return fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoff.keys()));
}
