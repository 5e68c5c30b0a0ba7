/** `checkArchive`: the health of an archive, also of one that a run would refuse. */
import { checkMappings } from "../archive/check-mapping.ts";
import { withDatabase } from "../archive/database.ts";
import { findArchive } from "../archive/find-archive.ts";
import { loadFleet } from "../archive/load-fleet.ts";
import type { ArchiveSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { durationLength, durationName, type TimeKind } from "../core/time.ts";
import type { FailureOptions } from "../labels/spec.ts";
import { eventFindings } from "./event-findings.ts";
import { fileFindings } from "./file-findings.ts";
import type { Finding } from "./finding.ts";
import { type FleetFacts, fleetFacts } from "./fleet-facts.ts";
import { type ArchiveHealth, healthOf } from "./health.ts";
import { type LabelFacts, labelFacts } from "./label-facts.ts";
import { labelFindings } from "./label-findings.ts";
import { telemetryFindings } from "./telemetry-findings.ts";

export interface CheckArchiveOptions {
  /** The archive's folder, or its address in blob storage. */
  folder: string;
  /** Where blobs are kept. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
  /** The present, in milliseconds since the epoch: later times are findings. */
  now: number;
  /** Where the failures are. Default: the event table `failures`, where there is one. */
  failures?: FailureOptions;
  /** The grid on which rows are counted. Default: the usual interval of the telemetry. */
  every?: string;
  /** Telemetry older than this takes a machine out of observation. Default: three times `every`. */
  stale?: string;
  /** The horizon of the pipeline, counted beside others. Default: none. */
  horizon?: string;
  signal?: AbortSignal;
  /** Called after each source. */
  onProgress?: (done: number, total: number) => void;
}

/** What was seen of an archive, and what was found about it. */
export interface Inspection {
  facts: FleetFacts;
  labels?: LabelFacts;
  findings: readonly Finding[];
}

/**
 * Reads the archive forgivingly and says what is wrong with it; then loads it as a run would, so that "refused" is never a guess.
 * @throws DATA_FOLDER_MISSING, SERVICE_STORE, INTERRUPTED_LOAD and what is wrong with the description itself (PIPELINE_…)
 */
export async function inspectArchive(archive: ArchiveSpec, options: CheckArchiveOptions): Promise<Inspection> {
  checkMappings(archive);
  return await withDatabase(options.signal, async (database) => {
    const facts = await fleetFacts(database, archive, { ...options, now: options.now * 1000 });
    const findings = [...fileFindings(facts), ...telemetryFindings(facts), ...eventFindings(facts)];
    const labels = labelsOf(facts, options);
    findings.push(...("facts" in labels ? labelFindings(facts, labels.facts, labels.of) : [labels.finding]));
    const settled = settle(findings, await refusalOf(archive, options));
    return { facts, findings: settled, ...("facts" in labels ? { labels: labels.facts } : {}) };
  });
}

/** The health of an archive as one document. @throws what `inspectArchive` throws */
export async function checkArchive(archive: ArchiveSpec, options: CheckArchiveOptions): Promise<ArchiveHealth> {
  const { facts, findings, labels } = await inspectArchive(archive, options);
  return healthOf(facts, findings, { folder: options.folder, labels });
}

function labelsOf(
  facts: FleetFacts,
  { failures, every, stale, horizon }: CheckArchiveOptions,
): { finding: Finding } | { of: string; facts: LabelFacts } {
  const of = failures?.of ?? "failures";
  if (!Object.hasOwn(facts.fleet.events, of)) {
    const finding: Finding = {
      severity: failures === undefined ? "warning" : "refused",
      code: "noFailures",
      source: `events.${of}`,
      finding: "there is no table of failures",
      todo: "a model learns from failures: add a table with a machine, a time and the component that failed",
    };
    return { finding };
  }
  const [first] = facts.telemetry;
  const { time } = facts.fleet;
  const usual = first?.walk.usual ?? Number.NaN;
  const step =
    every ??
    durationName(
      Number.isFinite(usual) && usual >= 1 ? Math.round(usual) : durationLength(time === "cycles" ? "1c" : "1h", time),
      time,
    );
  const horizons = horizonChoices(step, time, horizon);
  return { of, facts: labelFacts(facts.fleet, { ...failures, of }, { every: step, horizons, stale }) };
}

const usualHorizons = { cycles: ["10c", "25c", "50c", "100c"], timestamp: ["12h", "1d", "2d", "3d", "7d", "14d"] };

function horizonChoices(every: string, time: TimeKind, horizon: string | undefined): string[] {
  const least = durationLength(every, time);
  const lengths = new Set(
    [...usualHorizons[time], ...(horizon === undefined ? [] : [horizon])].map((one) => durationLength(one, time)),
  );
  return [...lengths]
    .filter((length) => length >= least)
    .sort((a, b) => a - b)
    .map((length) => durationName(length, time));
}

/** What a run would say; undefined where it would go on. */
export async function refusalOf(
  archive: ArchiveSpec,
  { folder, cache, now, signal }: Pick<CheckArchiveOptions, "folder" | "cache" | "now" | "signal">,
): Promise<ForewarnError | undefined> {
  try {
    const files = await findArchive(archive, folder, { cache, signal });
    await loadFleet(archive, { folder, files, signal, now: new Date(now) });
    return undefined;
  } catch (error) {
    if (error instanceof ForewarnError && /^(DATA|TIME)_/.test(error.code)) return error;
    throw error;
  }
}

/** What a run takes is not refused, and what it refuses is among the findings, in its own words where no other says it. */
function settle(findings: readonly Finding[], refusal: ForewarnError | undefined): Finding[] {
  if (refusal === undefined) {
    return findings.map((one) => (one.severity === "refused" ? { ...one, severity: "warning" as const } : one));
  }
  if (findings.some(({ severity }) => severity === "refused")) return [...findings];
  const { problem, expected, found, where, hint } = refusal.details;
  const but = [expected === undefined ? "" : `expected ${expected}`, found === undefined ? "" : `found ${found}`];
  const finding: Finding = {
    severity: "refused",
    code: refusal.code,
    source: "archive",
    finding: [problem, ...but.filter((text) => text !== "")].join("; "),
    where,
    todo: hint,
  };
  return [finding, ...findings];
}
