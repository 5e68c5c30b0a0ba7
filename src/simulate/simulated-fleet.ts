/** The tables of a simulated fleet, as they are written to an archive. Instants are milliseconds since the epoch, UTC. */

export interface SimulatedTelemetry {
  /** Sorted by machine, then time. */
  machine: string[];
  time: number[];
  /** Readings by sensor, rounded to its decimals; a missing one is null. */
  sensors: Record<string, (number | null)[]>;
}

export interface SimulatedEvent {
  machine: string;
  time: number;
  kind: string;
}

export interface SimulatedDowntime {
  machine: string;
  start: number;
  /** null while it lasts. */
  end: number | null;
  reason: string;
}

export interface SimulatedMachine {
  machine: string;
  model: string;
  /** Years since it was built; null where nobody knows. */
  age: number | null;
  site: string;
  powerKilowatts: number;
  commissionedAt: number;
  retiredAt: number | null;
}

export interface SimulatedFleet {
  seed: number;
  /** The first instant, and the one after the last. */
  start: number;
  end: number;
  stepHours: number;
  machines: SimulatedMachine[];
  telemetry: SimulatedTelemetry;
  errors: SimulatedEvent[];
  /** Replacements; they begin before `start`. */
  maintenance: SimulatedEvent[];
  failures: SimulatedEvent[];
  downtime: SimulatedDowntime[];
}
