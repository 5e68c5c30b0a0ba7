/** What a run of a pipeline would compute: its inputs, rows, columns and folds; nothing is trained or written but stage results. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs } from "../core/matrix.ts";
import { durationName, instantName, type TimeKind } from "../core/time.ts";
import { codeVersion } from "../core/version.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import { type FeatureMemory, featureMemory } from "../features/feature-memory.ts";
import { fleetSource } from "../features/source.ts";
import { CENSORED, FAILS } from "../labels/labels.ts";
import { type CycleCounts, cycleCounts, cycleWarnings } from "./cycle-warnings.ts";
import { cyclesOf } from "./cycles-of.ts";
import { learnStages } from "./learn-stages.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import { planWarnings } from "./plan-warnings.ts";
import { type DataStages, dataStages } from "./run-stages.ts";
import { stageCache } from "./stage-cache.ts";

export interface PlanDescription {
  pipeline: string;
  sources: readonly {
    source: string;
    files: number;
    read: number;
    used: number;
    /** Rows set aside, by reason. */
    quarantined: Readonly<Record<string, number>>;
  }[];
  /** The first and the last telemetry instant. */
  span: { first: string; last: string };
  machines: number;
  rows: number;
  failing: number;
  censored: number;
  /** The longest window. */
  lookback: string;
  columns: readonly string[];
  /** What computing them takes of memory and disk, in bytes. */
  memory: FeatureMemory;
  folds: readonly { name: string; train: number; evaluate: number; skipped?: string }[];
  learners: readonly string[];
  /** What is likely not meant, one sentence each. */
  warnings: readonly string[];
}

export interface DescribePlanOptions {
  /** Worker threads; the description never depends on it. Default: 1. */
  threads?: number;
  /** The clock that times in the archive are held against, as a run's are. Default: the system's. */
  now?: () => Date;
}

export async function describePlan(
  pipeline: LoadedPipeline,
  { threads = 1, now = () => new Date() }: DescribePlanOptions = {},
): Promise<PlanDescription> {
  const quiet = { started() {}, progressed() {}, ended() {} };
  const context = { cache: stageCache(pipeline.places.cache), watcher: quiet, code: codeVersion().code, now };
  const data = await dataStages(context, pipeline, threads);
  const { fleet, sources } = await data.load.get();
  const plan = await data.plan();
  const { labels } = await data.label.get();
  const { cutoffs } = await data.featurize.get();
  const folds = await learnStages(context, pipeline, data, threads).folds();
  const count = (wanted: number) => labels.state.reduce((sum, state) => sum + (state === wanted ? 1 : 0), 0);
  const { span, cycles } = await facts(data, cyclesOf(pipeline.options));
  const source = (await data.sorted())?.source ?? fleetSource(fleet);
  return {
    pipeline: pipeline.options.name,
    sources: sources.map((source) => ({ ...source, files: source.files.length })),
    span: { first: instantName(span[0], fleet.time), last: instantName(span[1], fleet.time) },
    machines: fleet.machines.length,
    rows: labels.state.length,
    failing: count(FAILS),
    censored: count(CENSORED),
    lookback: lookbackName(plan.lookback, fleet.time),
    columns: plan.rawNames,
    memory: await featureMemory(plan, source, rowsByMachine(fleet, cutoffs), { threads }),
    folds: folds.map(({ name, train, evaluate, skipped }) => ({
      name,
      train: train.length,
      evaluate: evaluate.length,
      skipped,
    })),
    learners: pipeline.options.learners.map((learner) => learner.name),
    warnings: [
      ...planWarnings({ options: pipeline.options, sources, span, labels, folds }),
      ...cycleWarnings(cycles, cyclesOf(pipeline.options)),
    ],
  };
}

/** Operating cycles may have begun any time before they ended. */
function lookbackName(lookback: number, time: TimeKind): string {
  if (lookback === Number.POSITIVE_INFINITY) return "without bound";
  return lookback === 0 ? "none" : durationName(lookback, time);
}

function rowsByMachine({ machines }: Fleet, { machine }: Cutoffs): Uint32Array {
  const rows = new Uint32Array(machines.length);
  for (const one of machine) rows[one]++;
  return rows;
}

/** What is found in the telemetry of all machines. */
async function facts(data: DataStages, of: OperatingCycles | undefined) {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const cycles: CycleCounts[] = [];
  for await (const { fleet } of data.groups()) {
    if (of !== undefined) cycles.push(cycleCounts(fleet, of));
    for (const { time } of fleet.telemetry) {
      for (const instant of time) {
        first = Math.min(first, instant);
        last = Math.max(last, instant);
      }
    }
  }
  return { span: [first, last] as [first: number, last: number], cycles };
}
