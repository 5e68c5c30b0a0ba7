/** The life of one machine: it runs, its parts wear and fail, it is repaired and maintained, and its sensors report. */
import { exp } from "../core/math.ts";
import { type Random, random } from "../core/random.ts";
import { DAY, HOUR, MINUTE } from "./clock.ts";
import { loadProfile } from "./load-profile.ts";
import { agePart, newPart, type Part } from "./part.ts";
import { components, type ModelPhysics, NUISANCE_ERROR, sensors } from "./physics.ts";
import { sensorReader } from "./read-sensors.ts";
import type { SimulatedFleet, SimulatedMachine } from "./simulated-fleet.ts";

/** The machines run this long before the archive begins, so that their parts have all ages by then. */
const RUN_UP = 200 * DAY;

/** Appends what happened to one machine between `fleet.start` and its retirement or `fleet.end` to the fleet's tables. */
export function simulateMachine(fleet: SimulatedFleet, machine: SimulatedMachine, model: ModelPhysics): void {
  // Each concern draws from a stream of its own, so that a change to one leaves the others as they were.
  const stream = (concern: string) => random(fleet.seed, `${machine.machine}/${concern}`);
  const [wear, repairs, faults] = [stream("wear"), stream("repairs"), stream("errors")];
  const loadAt = loadProfile(stream("load"), model.peakLoad, fleet.stepHours);
  const read = sensorReader(stream("sensors"), model.powerKilowatts);
  const factor = model.wearFactor * exp(0.08 * wear.normal());
  const begin = fleet.start - RUN_UP;
  const end = machine.retiredAt ?? fleet.end;
  const parts = components.map((physics) => {
    const part = newPart(physics, begin, factor, wear);
    part.wear = 0.8 * wear.uniform();
    return part;
  });
  let upAt = begin;
  for (let now = begin; now < end; now += fleet.stepHours * HOUR) {
    const load = loadAt(now);
    if (now < upAt) continue;
    if (now >= fleet.start) {
      report(fleet, machine.machine, now, read(now, load, parts));
      raiseErrors(fleet, machine.machine, now, parts, faults);
    }
    const failed = parts.filter((part) => agePart(part, load, fleet.stepHours, wear));
    const due = failed.length > 0 ? [] : dueAt(now, parts, fleet.stepHours);
    if (failed.length + due.length === 0) continue;
    const minutes = 1 + repairs.integer(60 * fleet.stepHours - 1);
    const stop = now + minutes * MINUTE;
    const hours = failed.length > 0 ? 5 + 14 * repairs.uniform() : 2 + 2 * repairs.uniform();
    upAt = stop + Math.round(hours * 60) * MINUTE;
    const replaced = failed.length > 0 ? [failed[0]] : due;
    if (stop >= fleet.start && stop < end) {
      if (failed.length > 0) {
        fleet.failures.push({ machine: machine.machine, time: stop, kind: failed[0].physics.component });
      }
      const reason = failed.length > 0 ? "repair" : "maintenance";
      fleet.downtime.push({ machine: machine.machine, start: stop, end: upAt < fleet.end ? upAt : null, reason });
    }
    for (const part of replaced) {
      if (upAt < end) fleet.maintenance.push({ machine: machine.machine, time: upAt, kind: part.physics.component });
      parts[parts.indexOf(part)] = newPart(part.physics, upAt, factor, wear);
    }
  }
}

function report(fleet: SimulatedFleet, machine: string, now: number, readings: readonly (number | null)[]): void {
  fleet.telemetry.machine.push(machine);
  fleet.telemetry.time.push(now);
  sensors.forEach(({ sensor }, i) => {
    fleet.telemetry.sensors[sensor].push(readings[i]);
  });
}

/** Errors come at a low rate always, and more and more often as a defect grows. */
function raiseErrors(
  fleet: SimulatedFleet,
  machine: string,
  now: number,
  parts: readonly Part[],
  faults: Random,
): void {
  const rates = parts.map(({ physics, wear, defect }) => ({
    kind: physics.error,
    perHour: (1 + Math.min(wear, 1)) / 900 + (defect * defect) / 14,
  }));
  for (const { kind, perHour } of [...rates, { kind: NUISANCE_ERROR, perHour: 1 / 240 }]) {
    const minute = faults.integer(60 * fleet.stepHours);
    if (faults.uniform() >= perHour * fleet.stepHours) continue;
    fleet.errors.push({ machine, time: now + minute * MINUTE, kind });
  }
}

/** The parts whose planned replacement falls due: on a working day, in the step that begins the early shift. */
function dueAt(now: number, parts: readonly Part[], stepHours: number): Part[] {
  const hours = Math.floor(now / HOUR);
  const sunday = Math.floor(hours / 24 + 4) % 7 === 0;
  if (sunday || hours % 24 < 8 || hours % 24 >= 8 + stepHours) return [];
  return parts.filter((part) => now - part.installedAt >= part.plannedHours * HOUR);
}
