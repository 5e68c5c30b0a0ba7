/** What is wrong with single sensors: stuck, silent, out of range, or full of stand-ins for missing readings. */
import { type Finding, ruleText } from "./finding.ts";
import type { TelemetryFacts } from "./fleet-facts.ts";
import type { SensorValues } from "./sensor-values.ts";
import type { TelemetryContext } from "./telemetry-context.ts";
import type { SensorWalk } from "./walk-telemetry.ts";
import { count, grouped, instantText, lengthText, listed, quoted, share } from "./words.ts";

export function sensorFindings({ walk, values }: TelemetryFacts, context: TelemetryContext): Finding[] {
  return walk.sensors
    .flatMap((sensor, i) => [
      ...stuck(sensor, context),
      ...saturated(sensor, context),
      ...missing(sensor, context),
      ...constant(sensor, values[i], context),
      ...far(sensor, values[i], context),
    ])
    .concat(beyondLimits(walk.sensors, context));
}

function stuck({ sensor, stuck }: SensorWalk, { time, machines, source }: TelemetryContext): Finding[] {
  if (stuck.length === 0) return [];
  const [longest] = stuck;
  const each = stuck
    .slice(0, 3)
    .map(
      ({ machine, value, readings, from, to }) =>
        `${quoted(machines[machine])} at ${grouped(value)} for ${lengthText(to - from, time)} (${grouped(readings)} readings) from ${instantText(from, time)}`,
    );
  const inMachines = new Set(stuck.map(({ machine }) => machine)).size;
  return [
    {
      severity: "warning",
      code: "stuckSensor",
      source,
      finding: `${quoted(sensor)} stands still ${stuck.length === 1 ? "once" : `${grouped(stuck.length)} times`} in ${count(inMachines, "machine")}, for up to ${lengthText(longest.to - longest.from, time)}`,
      where: each.join("; "),
      todo: "a sensor that no longer measures looks like a healthy machine: leave these readings out of the files, or write them as missing",
    },
  ];
}

function saturated(
  { sensor, saturated, readings }: SensorWalk,
  { time, machines, source }: TelemetryContext,
): Finding[] {
  if (saturated.length === 0 || readings === 0) return [];
  const [{ machine, value, from, to }] = saturated;
  return [
    {
      severity: "note",
      code: "saturated",
      source,
      finding: `${quoted(sensor)} stays at ${grouped(value)}, ${saturated.length === 1 ? "once" : `${grouped(saturated.length)} times`}, as if its scale ended there`,
      where: `${quoted(machines[machine])} for ${lengthText(to - from, time)} from ${instantText(from, time)}`,
    },
  ];
}

/** Above this share of missing readings, a sensor is worth a look. */
const OFTEN_MISSING = 0.2;

function missing(
  { sensor, readings, missing, sparseEvery }: SensorWalk,
  { time, source }: TelemetryContext,
): Finding[] {
  if (readings === 0) {
    const finding = `${quoted(sensor)} has no reading at all`;
    return [{ severity: "warning", code: "noReadings", source, finding, todo: "leave it out of `sensors`" }];
  }
  if (missing <= OFTEN_MISSING * (readings + missing)) return [];
  const rate = sparseEvery === undefined ? "" : `; it comes about every ${lengthText(Math.round(sparseEvery), time)}`;
  return [
    {
      severity: sparseEvery === undefined ? "warning" : "note",
      code: "missingReadings",
      source,
      finding: `${quoted(sensor)} is missing in ${share(missing, readings + missing)} of the rows${rate}`,
      todo:
        sparseEvery === undefined
          ? "find out why; statistics skip missing readings"
          : "let its windows be several of its own intervals long",
    },
  ];
}

function constant({ sensor, constant }: SensorWalk, { middle }: SensorValues, { source }: TelemetryContext): Finding[] {
  if (!constant) return [];
  const finding = `${quoted(sensor)} is ${middle === undefined ? "the same" : grouped(middle)} in every reading of every machine`;
  return [
    {
      severity: "note",
      code: "constantSensor",
      source,
      finding,
      todo: "leave it out of `sensors`: it tells machines apart by nothing",
    },
  ];
}

function far(
  { sensor, readings }: SensorWalk,
  { far, low, high }: SensorValues,
  { source, spec }: TelemetryContext,
): Finding[] {
  if (far === undefined || low === undefined || high === undefined) return [];
  if (spec.ranges !== undefined && Object.hasOwn(spec.ranges, sensor)) return [];
  const [least, most] = far.inside.map(grouped);
  const usual = `the others lie between ${least} and ${most}`;
  const name = JSON.stringify(sensor);
  const range = `ranges: { ${name}: [${far.inside.map(String).join(", ")}] } widened to what it can measure, with ${ruleText("outOfRange", "asMissing")}`;
  if (far.standIn !== undefined) {
    return [
      {
        severity: "warning",
        code: "standIn",
        source,
        finding: `${quoted(sensor)} is ${grouped(far.standIn)} in many of ${count(far.readings, "reading")} that lie far outside (${usual}): a stand-in for "no reading"?`,
        todo: `missing: ["${far.standIn}"]`,
        contract: { rules: {}, missing: [String(far.standIn)] },
      },
    ];
  }
  const ends = [...new Set([far.least, far.most])].map(grouped).join(" to ");
  return [
    {
      severity: far.readings > 0.001 * readings ? "warning" : "note",
      code: "outliers",
      source,
      finding: `${count(far.readings, "reading")} of ${quoted(sensor)} ${far.readings === 1 ? "lies" : "lie"} far outside: ${ends}; ${usual}`,
      todo: `if no machine can be so: ${range}`,
    },
  ];
}

/** Above this share of readings beyond their limits, the limits or their unit are wrong rather than the machines. */
const OFTEN_BEYOND = 0.2;

/** A note on all sensors together; a warning on each that is beyond its limits too often to be true. */
function beyondLimits(sensors: readonly SensorWalk[], { machines, source }: TelemetryContext): Finding[] {
  const seldom: string[] = [];
  const findings: Finding[] = [];
  for (const { sensor, readings, beyond } of sensors) {
    if (beyond === undefined || beyond.readings === 0) continue;
    const what = `${quoted(sensor)} ${grouped(beyond.readings)} (${share(beyond.readings, readings)}; the farthest ${grouped(beyond.worst)}, most in ${quoted(machines[beyond.machine])})`;
    if (beyond.readings <= OFTEN_BEYOND * readings) {
      seldom.push(what);
      continue;
    }
    findings.push({
      severity: "warning",
      code: "beyondLimits",
      source,
      finding: `readings beyond the limits: ${what}`,
      todo: `are sensor and limits in one unit? If not: units: { ${JSON.stringify(sensor)}: "<unit of the data> -> <unit of the limits>" }`,
    });
  }
  if (seldom.length > 0) {
    findings.push({
      severity: "note",
      code: "beyondLimits",
      source,
      finding: `readings beyond the limits: ${listed(seldom, 8)}`,
    });
  }
  return findings;
}
