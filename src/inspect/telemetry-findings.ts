/** What is wrong with telemetry: repeated keys, clocks, silences, sensors that no longer measure. */
import { ruleOf } from "../archive/contract.ts";
import { MICROS_PER_HOUR } from "../core/time.ts";
import { type Finding, ruleText, violationFinding } from "./finding.ts";
import type { FleetFacts, TelemetryFacts } from "./fleet-facts.ts";
import { sensorFindings } from "./sensor-findings.ts";
import type { TelemetryContext } from "./telemetry-context.ts";
import { count, grouped, instantText, lengthText, listed, quoted, share } from "./words.ts";

export function telemetryFindings({ telemetry, machines, fleet, machineTable }: FleetFacts): Finding[] {
  const retired = machineTable?.retired ?? new Set<string>();
  return telemetry.flatMap((facts) => {
    const { group } = facts;
    const context = { time: fleet.time, machines, source: group.name, spec: group.sources[0].spec, retired };
    return [
      ...repeated(facts, context),
      ...backwards(facts, context),
      ...localTimes(facts, context),
      ...wrongClocks(facts, context),
      ...gaps(facts, context),
      ...sampling(facts, context),
      ...silent(facts, context),
      ...sensorFindings(facts, context),
    ];
  });
}

function repeated(
  { walk, group, same, doubledHours }: TelemetryFacts,
  { time, machines, source, spec }: TelemetryContext,
): Finding[] {
  const rows = walk.machines.reduce((total, one) => total + one.repeated, 0);
  if (rows === 0) return [];
  const worst = walk.machines.reduce((a, b) => (b.repeated > a.repeated ? b : a));
  if (doubledHours.length > 0 && ruleOf(spec, "duplicate") === "refuse") {
    const finding = `${count(rows, "row")} repeat${rows === 1 ? "s" : ""} another's machine and time, all of them in the hour from ${listed(doubledHours.map((at) => instantText(at, time)))}: these look like local times, where clocks go back`;
    const todo =
      'name their zone, such as timeZone: "Europe/Berlin", and write the times of that hour with their offset, or set that hour aside with rules: { timeNotUnique: "quarantine" }; they are no copies';
    // No rule for duplicates: it would throw away good rows and leave all others an hour or more wrong.
    const { contract: _, ...local } = violationFinding(spec, "duplicate", { source, finding, todo });
    return [local];
  }
  const several = group.sources.length > 1 || group.sources[0].files.length > 1;
  const alike =
    same === rows ? "all of them copies with the same readings" : `${grouped(same)} of them with the same readings`;
  const remedy = same === rows ? "leave out the copies" : "find out which of the readings is right";
  return [
    violationFinding(spec, "duplicate", {
      source,
      finding: `${count(rows, "row")} repeat${rows === 1 ? "s" : ""} another's machine and time, ${alike}`,
      where: `machine ${quoted(machines[worst.machine])}: ${grouped(worst.repeated)}`,
      todo: `${remedy}${several ? ", or the file that repeats another" : ""}; or ${ruleText("duplicate", "quarantine")}`,
    }),
  ];
}

/** Below this share of rows that step back, the file is in order and a clock jumped; above, the file is in no order. */
const RARELY = 0.01;

function backwards({ clock, group, walk }: TelemetryFacts, { time, source, spec }: TelemetryContext): Finding[] {
  const repeated = walk.machines.reduce((total, one) => total + one.repeated, 0);
  // Rows that were sent again stand after later ones; that they are copies is said already, and so is what breaks a promised order.
  if (clock.back <= repeated || spec.order === "sorted") return [];
  const [step] = clock.steps;
  const finding = `${count(clock.back, "time")} step${clock.back === 1 ? "s" : ""} back within ${count(group.rows, "row")} as they stand in the files`;
  const where = `${step.path}, row ${step.row}: machine ${quoted(step.machine)} goes from ${instantText(step.from, time)} back to ${instantText(step.to, time)}`;
  if (clock.back > RARELY * group.rows) {
    const unsorted = `the rows of the files are in no order of time (${finding}); they are sorted when they are read`;
    return [{ severity: "note", code: "unsorted", source, finding: unsorted }];
  }
  const todo =
    'a clock that was set back makes later rows look earlier: ask who keeps the clocks; order: "sorted" makes it a violation';
  return [{ severity: "warning", code: "clockBack", source, finding, where, todo }];
}

function localTimes({ missedHours, walk }: TelemetryFacts, { time, source, spec }: TelemetryContext): Finding[] {
  if (missedHours.length === 0 || (spec.timeZone !== undefined && spec.timeZone !== "UTC")) return [];
  return [
    {
      severity: "warning",
      code: "localTime",
      source,
      finding: `${grouped(missedHours[0].machines)} of ${count(walk.machines.length, "machine")} miss the hour after ${listed(missedHours.map(({ at }) => instantText(at, time)))}: these look like local times, where clocks go forward`,
      todo: 'name their zone, such as timeZone: "Europe/Berlin"; read as UTC they are wrong by an hour or more',
    },
  ];
}

function wrongClocks({ clock, group }: TelemetryFacts, { time, source, spec }: TelemetryContext): Finding[] {
  const findings: Finding[] = [];
  const isKept = ruleOf(spec, "futureTime") === "keep";
  // Those that are more than a day later are told from the rows of the files, unless they are kept.
  if (clock.future > 0 && clock.latest !== undefined && (clock.farFuture === 0 || isKept)) {
    const finding = `${count(clock.future, "row")} ${clock.future === 1 ? "lies" : "lie"} in the future, up to ${instantText(clock.latest, time)}`;
    const kept = violationFinding(spec, "futureTime", { source, finding });
    findings.push(clock.farFuture > 0 ? kept : { severity: "note", code: "futureTime", source, finding });
  }
  if (clock.unset > 0) {
    const finding = `${count(clock.unset, "row")} before 1990 (${share(clock.unset, group.rows + clock.unset)}): a clock that was not set?`;
    findings.push({
      severity: "warning",
      code: "clockUnset",
      source,
      finding,
      todo: "leave these rows out of the files",
    });
  }
  return findings;
}

function gaps({ walk }: TelemetryFacts, { time, machines, source }: TelemetryContext): Finding[] {
  if (walk.gapCount === 0) return [];
  const open = walk.gapCount - walk.explained;
  const worst = walk.gaps
    .slice(0, 3)
    .map(
      ({ machine, from, to }) =>
        `${quoted(machines[machine])} ${lengthText(to - from, time)} from ${instantText(from, time)}`,
    );
  const usual = `longer than three times the usual ${lengthText(walk.usual, time)}`;
  if (open === 0) {
    const finding = `${count(walk.gapCount, "gap")} ${usual}, each during a downtime of its machine`;
    return [{ severity: "note", code: "gap", source, finding, where: listed(worst) }];
  }
  const during = walk.explained === 0 ? "" : `, ${grouped(walk.explained)} of them during a downtime`;
  return [
    {
      severity: "warning",
      code: "gap",
      source,
      finding: `${count(walk.gapCount, "gap")} ${usual}${during}`,
      where: listed(worst),
      todo: "if machines stood still then, add those times as an event table `downtime` with a start and an end; windows over a gap see fewer readings",
    },
  ];
}

function sampling({ walk }: TelemetryFacts, { time, machines, source }: TelemetryContext): Finding[] {
  const findings: Finding[] = [];
  const [regular, intervals] = walk.machines.reduce(([a, b], one) => [a + one.regular, b + one.intervals], [0, 0]);
  if (intervals > 0 && regular < 0.5 * intervals) {
    const finding = `readings come irregularly: ${share(regular, intervals)} of the intervals are the usual ${lengthText(walk.usual, time)}`;
    findings.push({
      severity: "note",
      code: "irregular",
      source,
      finding,
      todo: "let windows be several usual intervals long",
    });
  }
  const others = walk.machines.filter(({ usual }) => usual > 2 * walk.usual || usual < walk.usual / 2);
  if (others.length > 0) {
    const each = others.map(({ machine, usual }) => `${quoted(machines[machine])} ${lengthText(usual, time)}`);
    const finding = `${count(others.length, "machine")} ${others.length === 1 ? "is" : "are"} read at another rate than the usual ${lengthText(walk.usual, time)}`;
    findings.push({ severity: "note", code: "otherRate", source, finding, where: listed(each) });
  }
  return findings;
}

/** Machines whose telemetry ends long before the fleet's: sold, broken for good, or a sensor box that died. */
function silent({ walk }: TelemetryFacts, { time, machines, source, retired }: TelemetryContext): Finding[] {
  // Counters of machines that run to failure end where they end.
  if (time === "cycles" || walk.machines.length < 2) return [];
  const last = Math.max(...walk.machines.map((one) => one.last));
  const limit = Math.max(100 * walk.usual, 48 * MICROS_PER_HOUR);
  const ended = walk.machines
    .filter((one) => last - one.last > limit && !retired.has(machines[one.machine]))
    .sort((a, b) => a.last - b.last);
  if (ended.length === 0) return [];
  const each = ended.map((one) => `${quoted(machines[one.machine])} ${instantText(one.last, time)}`);
  return [
    {
      severity: "note",
      code: "silent",
      source,
      finding: `${count(ended.length, "machine")} stopped sending long before the others (${instantText(last, time)})`,
      where: listed(each),
      todo: "if they left the fleet, say when: `retiredAt` in the machine table",
    },
  ];
}
