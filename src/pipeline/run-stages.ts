/** The stages of a run as a graph: each knows what it depends on, none runs before it is asked for. */
import { join } from "node:path";
import { type ArchiveFiles, findArchive } from "../archive/find-archive.ts";
import { loadFleet } from "../archive/load-fleet.ts";
import type { QuarantinedRows } from "../archive/quarantine.ts";
import { readerVersions } from "../archive/reader-versions.ts";
import { memoryBytes } from "../archive/sorted-memory.ts";
import type { SourceReport } from "../archive/source-report.ts";
import type { Fleet } from "../core/fleet.ts";
import { canonicalJson } from "../core/json.ts";
import { durationLength } from "../core/time.ts";
import { type FleetGroup, fleetGroups } from "../features/fleet-groups.ts";
import { type FeaturePlan, planFeatures } from "../features/plan.ts";
import { describeFleet } from "../features/schema.ts";
import { fleetSource } from "../features/source.ts";
import { labelRows } from "../labels/label-rows.ts";
import type { History, Labels } from "../labels/labels.ts";
import type { Observation } from "../labels/observation.ts";
import { archiveOf } from "./archive-of.ts";
import { cyclesOf } from "./cycles-of.ts";
import { dataFeatures } from "./data-features.ts";
import { fetchProgress } from "./fetch-progress.ts";
import { type InputFile, inputHashes } from "./input-hashes.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import { matrixCodec, type StoredMatrix } from "./matrix-arrow.ts";
import { type Observed, observeGroups } from "./observe-groups.ts";
import { openOrSort, type SortedData, withoutReadings } from "./sorted-data.ts";
import { defineStage, type Stage, type StageContext } from "./stage.ts";

/** A fleet with the report of its sources. */
export interface LoadedData {
  /** Without a row of telemetry where the pipeline says how much memory that may take: `DataStages.sorted` has it then. */
  fleet: Fleet;
  sources: readonly SourceReport[];
  /** Rows set aside; absent where there are none. */
  quarantine?: QuarantinedRows;
}

/** What became of each row of the matrix. */
export interface LabelledRows {
  history: History;
  observation: Observation;
  labels: Labels;
}

export interface DataStages {
  files: ArchiveFiles;
  inputs: readonly InputFile[];
  load: Stage<LoadedData>;
  featurize: Stage<StoredMatrix>;
  label: Stage<LabelledRows>;
  /** The plan of the features for the loaded fleet. */
  plan(): Promise<FeaturePlan>;
  /** The telemetry on disk; undefined where it is in memory. */
  sorted(): Promise<SortedData | undefined>;
  /** All machines with their telemetry, as many at a time as memory may hold. */
  groups(): AsyncIterable<FleetGroup>;
}

/** The stages from the archive to labelled rows. @throws DATA_FILES_MISSING */
export async function dataStages(
  context: StageContext,
  pipeline: LoadedPipeline,
  threads: number,
): Promise<DataStages> {
  const { options, places } = pipeline;
  const { memory } = options;
  const time = options.time ?? "timestamp";
  const archive = archiveOf(options);
  const files = await findArchive(archive, places.data, {
    cache: places.cache,
    signal: context.signal,
    onFetch: fetchProgress(context.watcher),
  });
  const inputs = inputHashes(files);
  const length = (duration: string | undefined) =>
    duration === undefined ? undefined : durationLength(duration, time);
  const [every, stale] = [length(options.every), length(options.stale)];

  const cycles = cyclesOf(options);

  const load = defineStage<LoadedData>(context, {
    name: "load",
    dependsOn: { archive, inputs, readers: readerVersions(archive), ...(memory !== undefined && { sorted: true }) },
    async compute(onProgress) {
      const data = await sorted(onProgress);
      if (data !== undefined) {
        const { sources, quarantine } = data.source;
        return { fleet: withoutReadings(data.source), sources, ...(quarantine && { quarantine }) };
      }
      return await loadFleet(archive, {
        folder: places.data,
        files,
        // No part of the key: a clock can only refuse, never change, what is loaded.
        now: context.now?.(),
        signal: context.signal,
        onProgress: (done, total) => onProgress(done / total),
      });
    },
  });
  let opened: Promise<SortedData> | undefined;
  async function sorted(onProgress?: (share: number) => void): Promise<SortedData | undefined> {
    if (memory === undefined) return undefined;
    opened ??= openOrSort(archive, {
      folder: places.data,
      files,
      out: join(places.cache, `sorted-${load.key}`),
      memory,
      now: context.now?.(),
      signal: context.signal,
      onProgress: (done, total) => onProgress?.(done / total),
    }).then((source) => ({ source, memory: memoryBytes(memory) }));
    return await opened;
  }
  async function* groups(): AsyncGenerator<FleetGroup, void, undefined> {
    const data = await sorted();
    yield* data === undefined
      ? fleetGroups(fleetSource((await load.get()).fleet), { bytes: Number.POSITIVE_INFINITY, columns: 0 })
      : fleetGroups(data.source, { bytes: data.memory, columns: 0 });
  }
  let observed: Promise<Observed> | undefined;
  const past = () => {
    observed ??= load
      .get()
      .then(({ fleet }) =>
        observeGroups(fleet, groups(), { label: options.label, every, stale, cycles, signal: context.signal }),
      );
    return observed;
  };
  const { of, maintenance, mergeWithin } = options.label;
  const plan = async () => planFeatures(options.features, describeFleet((await load.get()).fleet), { every, cycles });
  const featurize = defineStage<StoredMatrix>(context, {
    name: "featurize",
    dependsOn: {
      load: load.key,
      features: options.features,
      every,
      cycles,
      stale,
      failures: { of, maintenance, mergeWithin },
    },
    codec: matrixCodec(time),
    async compute(onProgress) {
      const { cutoffs } = await past();
      const data = { fleet: (await load.get()).fleet, sorted: await sorted() };
      const matrix = await dataFeatures(await plan(), data, cutoffs, { threads, signal: context.signal, onProgress });
      return { cutoffs, matrix };
    },
  });
  const label = defineStage<LabelledRows>(context, {
    name: "label",
    dependsOn: { featurize: featurize.key, label: options.label },
    async compute() {
      const { fleet } = await load.get();
      const { history, observation } = await past();
      const { cutoffs } = await featurize.get();
      return { history, observation, labels: labelRows(options.label, fleet, history, observation, cutoffs) };
    },
  });
  return { files, inputs, load, featurize, label, plan, sorted: () => sorted(), groups };
}

/** The options that a model depends on, as the text that is hashed into the plan id: no places, no aliases, no environments, no amount of memory. */
export function settingsText(pipeline: LoadedPipeline): string {
  const { data, registry, runs, cache, environments, publish, memory, ...settings } = pipeline.options;
  return canonicalJson(settings);
}
