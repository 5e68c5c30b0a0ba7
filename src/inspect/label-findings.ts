/** What is wrong with the failures: too few, outside the telemetry, without a repair, in bursts. */
import type { Finding } from "./finding.ts";
import type { FleetFacts } from "./fleet-facts.ts";
import type { LabelFacts } from "./label-facts.ts";
import { count, grouped, instantText, lengthText, listed, quoted } from "./words.ts";

/** Fewer failures than this teach a model little. */
const FEW = 20;

export function labelFindings(facts: FleetFacts, labels: LabelFacts, of: string): Finding[] {
  return [
    ...few(labels, of),
    ...outside(facts, labels, of),
    ...unrepaired(facts, labels, of),
    ...bursts(facts, labels, of),
    ...neverFailing(facts, labels),
  ];
}

function few({ seen }: LabelFacts, of: string): Finding[] {
  if (seen >= FEW) return [];
  const what = seen === 0 ? "no failure lies" : `only ${count(seen, "failure")} lie${seen === 1 ? "s" : ""}`;
  const todo =
    seen === 0
      ? "are the machines and times of failures and telemetry written alike? Without a failure nothing can be learned"
      : "figures on so few are wide: gather more machines or a longer time, and keep the schedule as the baseline";
  return [
    { severity: "warning", code: "fewFailures", source: `events.${of}`, finding: `${what} within the telemetry`, todo },
  ];
}

function outside({ fleet, events }: FleetFacts, { outside, history, seen }: LabelFacts, of: string): Finding[] {
  if (outside === 0) return [];
  const span = events.find(({ name }) => name === of)?.span;
  const when =
    span === undefined
      ? ""
      : ` (they go from ${instantText(span.first, fleet.time)} to ${instantText(span.last, fleet.time)})`;
  return [
    {
      severity: outside > seen ? "warning" : "note",
      code: "outsideTelemetry",
      source: `events.${of}`,
      finding: `${grouped(outside)} of ${count(history.failures.length, "failure")} lie outside the telemetry of their machine${when}`,
      todo: "they teach nothing: is telemetry of that time kept elsewhere?",
    },
  ];
}

function unrepaired(
  { events, fleet }: FleetFacts,
  { history, unrepaired, repairTime }: LabelFacts,
  of: string,
): Finding[] {
  const maintenance = events.find(({ name }) => name === "maintenance");
  if (maintenance === undefined || history.failures.length === 0) return [];
  const findings: Finding[] = [];
  const replaced = new Set(maintenance.kinds.map(({ kind }) => kind));
  const failed = [...new Set(history.failures.map(({ component }) => component))];
  const never = failed.filter((component) => component !== "machine" && !replaced.has(component) && !replaced.has(""));
  if (never.length > 0) {
    findings.push({
      severity: "warning",
      code: "componentNeverReplaced",
      source: "events.maintenance",
      finding: `${count(never.length, "component")} that fail${never.length === 1 ? "s" : ""} ${never.length === 1 ? "is" : "are"} never named in maintenance: ${listed(never.map(quoted))}`,
      todo: "write components alike in both tables; a repair ends a failure's outage only if it names the component",
    });
  } else if (unrepaired > 0.05 * history.failures.length) {
    findings.push({
      severity: "warning",
      code: "noRepair",
      source: "events.maintenance",
      finding: `${grouped(unrepaired)} of ${count(history.failures.length, "failure")} of events.${of} have no maintenance record after them, before the next failure`,
      todo: "records of repairs are missing, or stamped before the failure: age since repair is wrong for these machines",
    });
  }
  const planned = history.planned.length;
  const after = repairTime === 0 ? "at the instant of" : `${lengthText(repairTime ?? 0, fleet.time)} after`;
  const repair = repairTime === undefined ? "" : `; a repair is recorded ${after} the failure, in the median`;
  findings.push({
    severity: "note",
    code: "plannedMaintenance",
    source: "events.maintenance",
    finding: `${count(planned, "replacement")} without a failure before ${planned === 1 ? "it" : "them"} (planned), ${grouped(history.failures.length - unrepaired)} that repair a failure${repair}`,
  });
  return findings;
}

/** Failures of one component soon after one another: one breakdown with several work orders. */
function bursts({ fleet, machines }: FleetFacts, { history }: LabelFacts, of: string): Finding[] {
  if (fleet.time === "cycles") return [];
  const last = new Map<string, number>();
  const close: { machine: number; component: string; time: number; after: number }[] = [];
  for (const { machine, component, time } of history.failures) {
    const key = `${machine} ${component}`;
    const before = last.get(key);
    if (before !== undefined && time - before < BURST) close.push({ machine, component, time, after: time - before });
    last.set(key, time);
  }
  if (close.length === 0) return [];
  const [first] = close;
  return [
    {
      severity: "warning",
      code: "burst",
      source: `events.${of}`,
      finding: `${count(close.length, "failure")} come${close.length === 1 ? "s" : ""} within two days after another of the same machine and component`,
      where: `machine ${quoted(machines[first.machine])}, ${quoted(first.component)}: ${instantText(first.time, fleet.time)}, ${lengthText(first.after, fleet.time)} later`,
      todo: 'if they are work orders of one breakdown, the label should join them: mergeWithin: "48h"',
    },
  ];
}

const BURST = 48 * 3_600_000_000;

function neverFailing({ machines, fleet }: FleetFacts, { history }: LabelFacts): Finding[] {
  const failed = new Set(history.failures.map(({ machine }) => machine));
  const without = machines.filter((_, machine) => !failed.has(machine));
  if (without.length === 0 || fleet.time === "cycles" || without.length === machines.length) return [];
  const finding = `${grouped(without.length)} of ${count(machines.length, "machine")} never failed`;
  return [{ severity: "note", code: "neverFailed", source: "labels", finding, where: listed(without.map(quoted)) }];
}
