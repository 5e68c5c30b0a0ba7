/** The health of an archive as one document, with everything in the units and words of a reader. */
import { durationName, instantName, type TimeKind } from "../core/time.ts";
import type { Finding } from "./finding.ts";
import type { FleetFacts, TelemetryFacts } from "./fleet-facts.ts";
import type { HorizonFacts, LabelFacts } from "./label-facts.ts";

/** An interval as ISO instants or cycles. */
export interface SpanText {
  first: string;
  last: string;
}

export interface SourceHealth {
  source: string;
  files: readonly { path: string; bytes: number | null; rows: number }[];
  rows: number;
  span: SpanText | null;
}

export interface SensorHealth {
  sensor: string;
  readings: number;
  missing: number;
  /** The interval between its readings, where it is not that of the table. */
  every: string | null;
  /** Quantiles: 1 %, 50 %, 99 %. */
  low: number | null;
  middle: number | null;
  high: number | null;
  stuck: number;
  beyondLimits: number | null;
}

export interface TelemetryHealth {
  source: string;
  rows: number;
  span: SpanText | null;
  every: string | null;
  /** Share of intervals that are the usual one. */
  regular: number | null;
  gaps: number;
  gapsDuringDowntime: number;
  longestGaps: readonly { machine: string; from: string; to: string }[];
  sensors: readonly SensorHealth[];
}

export interface MachineHealth {
  machine: string;
  readings: number;
  span: SpanText;
  gaps: number;
  /** Events by table. */
  events: Readonly<Record<string, number>>;
}

export interface EventHealth {
  source: string;
  rows: number;
  span: SpanText | null;
  kinds: readonly { kind: string; rows: number }[];
  /** Machines with telemetry. */
  machines: number;
  /** Machines without telemetry, and their rows, which a run sets aside or refuses. */
  unknownMachines: number;
  unknown: number;
}

export interface LabelHealth {
  failures: number;
  withinTelemetry: number;
  repaired: number;
  planned: number;
  every: string;
  horizons: readonly HorizonFacts[];
}

export interface ArchiveHealth {
  folder: string;
  time: TimeKind;
  /** Whether a run would take the archive. */
  accepted: boolean;
  /** The most serious first. */
  findings: readonly Finding[];
  sources: readonly SourceHealth[];
  telemetry: readonly TelemetryHealth[];
  events: readonly EventHealth[];
  machines: readonly MachineHealth[];
  /** null without a table of failures. */
  labels: LabelHealth | null;
}

const severities = ["refused", "warning", "note"] as const;

export function healthOf(
  facts: FleetFacts,
  findings: readonly Finding[],
  { folder, labels }: { folder: string; labels?: LabelFacts },
): ArchiveHealth {
  const { time } = facts.fleet;
  const rank = ({ severity }: Finding) => severities.indexOf(severity);
  return {
    folder,
    time,
    accepted: findings.every(({ severity }) => severity !== "refused"),
    findings: findings.toSorted((a, b) => rank(a) - rank(b)),
    sources: facts.sources.map(({ name, files, rows, span }) => ({
      source: name,
      files: files.map(({ path, bytes = null, rows }) => ({ path, bytes, rows })),
      rows,
      span: span === undefined ? null : spanText(span.first, span.last, time),
    })),
    telemetry: facts.telemetry.map((one) => telemetryHealth(one, facts)),
    events: facts.events.map(({ name, rows, span, kinds, unknown, events }) => ({
      source: `events.${name}`,
      rows,
      span: span === undefined ? null : spanText(span.first, span.last, time),
      kinds,
      machines: facts.machines.filter((_, m) => events.offsets[m + 1] > events.offsets[m]).length,
      unknownMachines: unknown.length,
      unknown: unknown.reduce((total, one) => total + one.rows, 0),
    })),
    machines: machineHealth(facts),
    labels: labels === undefined ? null : labelHealth(labels),
  };
}

function telemetryHealth({ group, walk, values }: TelemetryFacts, { fleet, machines }: FleetFacts): TelemetryHealth {
  const { time } = fleet;
  const [regular, intervals] = walk.machines.reduce(([a, b], one) => [a + one.regular, b + one.intervals], [0, 0]);
  const first = Math.min(...walk.machines.map((one) => one.first));
  const last = Math.max(...walk.machines.map((one) => one.last));
  return {
    source: group.name,
    rows: group.rows,
    span: walk.machines.length === 0 ? null : spanText(first, last, time),
    every: Number.isNaN(walk.usual) ? null : durationName(walk.usual, time),
    regular: intervals === 0 ? null : regular / intervals,
    gaps: walk.gapCount,
    gapsDuringDowntime: walk.explained,
    longestGaps: walk.gaps.slice(0, 20).map(({ machine, from, to }) => ({
      machine: machines[machine],
      from: instantName(from, time),
      to: instantName(to, time),
    })),
    sensors: walk.sensors.map(({ sensor, readings, missing, sparseEvery, stuck, beyond }, i) => ({
      sensor,
      readings,
      missing,
      every: sparseEvery === undefined ? null : durationName(Math.round(sparseEvery), time),
      low: values[i].low ?? null,
      middle: values[i].middle ?? null,
      high: values[i].high ?? null,
      stuck: stuck.length,
      beyondLimits: beyond?.readings ?? null,
    })),
  };
}

function machineHealth({ machines, telemetry, events, fleet }: FleetFacts): MachineHealth[] {
  const walks = new Map<number, { readings: number; gaps: number; first: number; last: number }>();
  for (const { walk } of telemetry) {
    for (const { machine, rows, gaps, first, last } of walk.machines) {
      const before = walks.get(machine) ?? { readings: 0, gaps: 0, first, last };
      walks.set(machine, {
        readings: before.readings + rows,
        gaps: before.gaps + gaps,
        first: Math.min(before.first, first),
        last: Math.max(before.last, last),
      });
    }
  }
  return [...walks]
    .sort(([a], [b]) => a - b)
    .map(([m, { readings, gaps, first, last }]) => ({
      machine: machines[m],
      readings,
      span: spanText(first, last, fleet.time),
      gaps,
      events: Object.fromEntries(events.map(({ name, events }) => [name, events.offsets[m + 1] - events.offsets[m]])),
    }));
}

function labelHealth({ history, seen, unrepaired, every, horizons }: LabelFacts): LabelHealth {
  return {
    failures: history.failures.length,
    withinTelemetry: seen,
    repaired: history.failures.length - unrepaired,
    planned: history.planned.length,
    every,
    horizons,
  };
}

function spanText(first: number, last: number, time: TimeKind): SpanText {
  return { first: instantName(first, time), last: instantName(last, time) };
}
