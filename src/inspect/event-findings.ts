/** What is wrong with event tables, the machine table and the limits, and between them and the telemetry. */
import type { SourceSpec } from "../archive/spec.ts";
import { suggest } from "../core/suggest.ts";
import { MICROS_PER_HOUR } from "../core/time.ts";
import { type Finding, ruleText, violationFinding } from "./finding.ts";
import type { FleetFacts } from "./fleet-facts.ts";
import type { LateFacts } from "./late-rows.ts";
import type { EventFacts } from "./read-events.ts";
import { count, grouped, instantText, lengthText, listed, quoted, share } from "./words.ts";

export function eventFindings(facts: FleetFacts): Finding[] {
  const specOf = (name: string) => facts.sources.find((source) => source.name === name)?.spec as SourceSpec;
  return [
    ...facts.events.flatMap((events) => {
      const spec = specOf(`events.${events.name}`);
      return [
        ...unknownMachines(events, spec, facts),
        ...repeated(events, spec),
        ...endsEarly(events, spec),
        ...alikeKinds(events),
        ...partlyCovered(events, facts),
        ...oneHour(events, facts),
      ];
    }),
    ...machineTable(facts, specOf("machines")),
    ...limits(facts, specOf("reference.limits")),
    ...facts.late.flatMap((late) => lateFindings(late, facts)),
  ];
}

function unknownMachines({ name, unknown, rows }: EventFacts, spec: SourceSpec, { machines }: FleetFacts): Finding[] {
  if (unknown.length === 0 || machines.length === 0) return [];
  const lost = unknown.reduce((total, one) => total + one.rows, 0);
  const alike = unknown.flatMap(({ machine }) => {
    const nearest = suggest(machine, machines);
    return nearest !== undefined && sameButForm(machine, nearest) ? [`${quoted(machine)} and ${quoted(nearest)}`] : [];
  });
  const finding = violationFinding(spec, "unknownMachine", {
    source: `events.${name}`,
    finding: `${count(lost, "row")} of ${grouped(rows)} ${lost === 1 ? "is" : "are"} of ${count(unknown.length, "machine")} without telemetry`,
  });
  const where = listed(unknown.map(({ machine }) => quoted(machine)));
  if (alike.length > 0) {
    const todo = `are these the same machines: ${listed(alike, 2)}? Then write their names alike`;
    return [{ ...finding, severity: finding.severity === "refused" ? "refused" : "warning", where, todo }];
  }
  const todo = "expected where the archive holds telemetry of a part of the fleet only";
  return [{ ...finding, where, todo }];
}

/** Whether two names differ only in case, leading zeros, spaces and punctuation. */
function sameButForm(a: string, b: string): boolean {
  const plain = (name: string) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .replace(/(?<!\d)0+(?=\d)/g, "");
  return plain(a) === plain(b);
}

function repeated({ name, repeated }: EventFacts, spec: SourceSpec): Finding[] {
  if (repeated === 0) return [];
  return [
    violationFinding(spec, "duplicate", {
      source: `events.${name}`,
      finding: `${count(repeated, "row")} repeat${repeated === 1 ? "s" : ""} another's machine, time and kind`,
      todo: `leave out the copies, or ${ruleText("duplicate", "quarantine")}`,
    }),
  ];
}

function endsEarly({ name, endsEarly }: EventFacts, spec: SourceSpec): Finding[] {
  if (endsEarly === 0) return [];
  return [
    violationFinding(spec, "impossibleValue", {
      source: `events.${name}`,
      finding: `${count(endsEarly, "event")} end${endsEarly === 1 ? "s" : ""} before ${endsEarly === 1 ? "it begins" : "they begin"}`,
      todo: `mend them at the source, or ${ruleText("impossibleValue", "quarantine")}`,
    }),
  ];
}

function alikeKinds({ name, kinds }: EventFacts): Finding[] {
  const byForm = new Map<string, string[]>();
  for (const { kind } of kinds) {
    const form = kind.toLowerCase().replace(/[\s_-]/g, "");
    byForm.set(form, [...(byForm.get(form) ?? []), kind]);
  }
  const alike = [...byForm.values()].filter((of) => of.length > 1);
  if (alike.length === 0) return [];
  return [
    {
      severity: "warning",
      code: "alikeKinds",
      source: `events.${name}`,
      finding: `${count(alike.length, "kind")} ${alike.length === 1 ? "is" : "are"} written in several ways`,
      where: listed(alike.map((of) => of.map(quoted).join(" and "))),
      todo: "each way of writing counts as a kind of its own: write them alike",
    },
  ];
}

/** A table that begins long after the telemetry, or ends long before it, says nothing of the rest: no events is not the same as none recorded. */
function partlyCovered({ name, span, rows, unknown }: EventFacts, { telemetry, fleet }: FleetFacts): Finding[] {
  const usable = rows - unknown.reduce((total, one) => total + one.rows, 0);
  if (span === undefined || usable < 20 || fleet.time === "cycles") return [];
  const ends = telemetry.flatMap(({ walk }) => walk.machines.map(({ first, last }) => [first, last]));
  const first = Math.min(...ends.map(([first]) => first));
  const last = Math.max(...ends.map(([, last]) => last));
  const edge = 0.1 * (last - first);
  const late = span.first > first + edge;
  const early = span.last < last - edge;
  if (!late && !early) return [];
  const words = `its records go from ${instantText(span.first, fleet.time)} to ${instantText(span.last, fleet.time)}, telemetry from ${instantText(first, fleet.time)} to ${instantText(last, fleet.time)}`;
  const todo =
    "where nothing was recorded, a model learns that nothing happened: use telemetry of the time that both cover";
  return [{ severity: "warning", code: "partlyCovered", source: `events.${name}`, finding: words, todo }];
}

/** Records that are nearly all stamped at one time of the day: the time of day then tells a model about them. */
function oneHour({ name, events }: EventFacts, { fleet }: FleetFacts): Finding[] {
  if (fleet.time === "cycles" || events.time.length < 20) return [];
  const day = 24 * MICROS_PER_HOUR;
  const counts = new Map<number, number>();
  for (const time of events.time) counts.set(time % day, (counts.get(time % day) ?? 0) + 1);
  const [[at, most]] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (most < 0.5 * events.time.length) return [];
  return [
    {
      severity: "note",
      code: "oneTimeOfDay",
      source: `events.${name}`,
      finding: `${share(most, events.time.length)} of the records are stamped at ${instantText(at, "timestamp").slice(11)}: the time of a shift, not of the event`,
      todo: "give a model no feature that tells the time of day, and mind that the event itself was up to a day earlier",
    },
  ];
}

function machineTable({ machineTable, machines }: FleetFacts, spec: SourceSpec): Finding[] {
  if (machineTable === undefined) return [];
  const { unlisted, withoutTelemetry, repeated, missing, rows } = machineTable;
  const findings: Finding[] = [];
  const source = "machines";
  if (repeated > 0) {
    const finding = `${count(repeated, "machine")} ${repeated === 1 ? "has" : "have"} two rows that hold from the same instant on`;
    findings.push(
      violationFinding(spec, "duplicate", { source, finding, todo: "say which holds from when: `validFrom`" }),
    );
  }
  if (unlisted.length > 0) {
    const finding = violationFinding(spec, "unlistedMachine", {
      source,
      finding: `${count(unlisted.length, "machine")} of ${grouped(machines.length)} with telemetry ${unlisted.length === 1 ? "is" : "are"} not in the machine table: their attributes are unknown`,
      where: listed(unlisted.map(quoted)),
    });
    findings.push(finding);
  }
  if (withoutTelemetry.length > 0) {
    const finding = `${count(withoutTelemetry.length, "machine")} of the machine table ${withoutTelemetry.length === 1 ? "has" : "have"} no telemetry`;
    findings.push({
      severity: "note",
      code: "unknownMachine",
      source,
      finding,
      where: listed(withoutTelemetry.map(quoted)),
    });
  }
  for (const [attribute, without] of Object.entries(missing)) {
    if (without <= 0.2 * rows) continue;
    const finding = `${quoted(attribute)} is unknown for ${grouped(without)} of ${count(rows, "machine")}`;
    findings.push({ severity: "note", code: "missingAttribute", source, finding });
  }
  return findings;
}

function limits({ limits }: FleetFacts, spec: SourceSpec): Finding[] {
  if (limits === undefined) return [];
  const findings: Finding[] = [];
  const source = "reference.limits";
  if (limits.crossed > 0) {
    const finding = `${count(limits.crossed, "row")} with a lower limit above the upper one`;
    findings.push(
      violationFinding(spec, "impossibleValue", { source, finding, todo: "swap the two columns, or mend the rows" }),
    );
  }
  if (limits.unknown.length > 0) {
    const finding = `limits of ${count(limits.unknown.length, "sensor")} that no telemetry source names`;
    findings.push(
      violationFinding(spec, "unknownSensor", { source, finding, where: listed(limits.unknown.map(quoted)) }),
    );
  }
  return findings;
}

function lateFindings(late: LateFacts, { fleet, sources }: FleetFacts): Finding[] {
  const { source, rows, tooEarly, median, ninetyNine, most } = late;
  const findings: Finding[] = [];
  const length = (micros: number) => lengthText(micros, fleet.time);
  if (tooEarly > 0) {
    const finding = `${count(tooEarly, "row")} (${share(tooEarly, rows)}) ${tooEarly === 1 ? "was" : "were"} known before ${tooEarly === 1 ? "it" : "they"} happened: two clocks that differ`;
    findings.push({
      severity: "warning",
      code: "knownTooEarly",
      source,
      finding,
      todo: "such rows count as known at their time; set the clocks right",
    });
  }
  if (most > 0) {
    const others = sources.filter(
      ({ role, spec }) => role === "telemetry" && spec.knownAt === undefined && spec.delay === undefined,
    );
    const todo =
      others.length === 0
        ? undefined
        : `sources without such a column may be as late: delay: "${delayFor(ninetyNine)}" covers 99 %`;
    const finding = `rows become known ${length(median)} after their time in the median, 99 % within ${length(ninetyNine)}, the latest ${length(most)}`;
    findings.push({ severity: "note", code: "late", source, finding, ...(todo === undefined ? {} : { todo }) });
  }
  return findings;
}

/** A delay in whole minutes or hours that is no shorter. */
export function delayFor(length: number): string {
  const minutes = Math.ceil(length / 60_000_000);
  return minutes < 120 ? `${minutes}m` : `${Math.ceil(minutes / 60)}h`;
}
