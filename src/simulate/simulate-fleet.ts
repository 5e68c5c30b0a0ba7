/** `simulateFleet`: a fleet with known physics, from a seed. */
import { ForewarnError } from "../core/errors.ts";
import { type Random, random } from "../core/random.ts";
import { type Duration, durationLength, MICROS_PER_HOUR, parseInstant } from "../core/time.ts";
import { DAY } from "./clock.ts";
import { models, sensors } from "./physics.ts";
import { simulateMachine } from "./simulate-machine.ts";
import type { SimulatedFleet, SimulatedMachine } from "./simulated-fleet.ts";

export interface SimulateOptions {
  /** The same seed gives the same fleet, and the same files to the byte. */
  seed: number;
  /** How many machines. Default: 32. */
  machines?: number;
  /** How many days of telemetry. Default: 150. */
  days?: number;
  /** The first instant. Default: "2025-01-01". */
  start?: string;
  /** The time between readings: whole hours that divide a day. Default: "1h". */
  every?: Duration;
}

/** @throws USAGE_SIMULATE when a number is out of its range. */
export function simulateFleet(options: SimulateOptions): SimulatedFleet {
  const { seed, machines = 32, days = 150, every = "1h" } = options;
  const stepHours = durationLength(every, "timestamp") / MICROS_PER_HOUR;
  check("seed", seed, Number.isSafeInteger(seed) && seed >= 0, "a whole number from 0");
  check("machines", machines, Number.isInteger(machines) && machines >= 1 && machines <= 10_000, "1 to 10,000");
  check("days", days, Number.isInteger(days) && days >= 1 && days <= 3650, "1 to 3,650");
  check("every", every, Number.isInteger(stepHours) && 24 % stepHours === 0, "whole hours that divide a day");
  const start = Math.floor(parseInstant(options.start ?? "2025-01-01", "timestamp") / 1000 / DAY) * DAY;
  const fleet: SimulatedFleet = {
    seed,
    start,
    end: start + days * DAY,
    stepHours,
    machines: [],
    telemetry: { machine: [], time: [], sensors: Object.fromEntries(sensors.map(({ sensor }) => [sensor, []])) },
    errors: [],
    maintenance: [],
    failures: [],
    downtime: [],
  };
  const width = Math.max(2, String(machines + 1).length);
  for (let i = 0; i <= machines; i++) {
    const name = `press-${String(i + 1).padStart(width, "0")}`;
    const { machine, model } = describe(name, fleet, random(seed, `${name}/facts`));
    fleet.machines.push(machine);
    // The last one is bought but not yet running: it has facts and no telemetry.
    if (i < machines) simulateMachine(fleet, machine, model);
    else machine.retiredAt = null;
  }
  return fleet;
}

function describe(name: string, fleet: SimulatedFleet, facts: Random) {
  const model = models[facts.integer(models.length)];
  const age = 1 + facts.integer(18);
  const retires = facts.uniform() < 0.06;
  const machine: SimulatedMachine = {
    machine: name,
    model: model.model,
    age: facts.uniform() < 0.06 ? null : age,
    site: ["north", "south"][facts.integer(2)],
    powerKilowatts: model.powerKilowatts,
    commissionedAt: fleet.start - age * 365 * DAY + facts.integer(365) * DAY,
    retiredAt: retires
      ? fleet.start + Math.floor((0.5 + 0.4 * facts.uniform()) * ((fleet.end - fleet.start) / DAY)) * DAY
      : null,
  };
  return { machine, model };
}

function check(option: string, found: unknown, holds: boolean, expected: string): void {
  if (holds) return;
  throw new ForewarnError("USAGE_SIMULATE", {
    problem: "a fleet cannot be simulated so",
    expected,
    found: String(found),
    where: option,
  });
}
