/** The stages of a run as a graph: each knows what it depends on, none runs before it is asked for. */
import { type ArchiveFiles, findArchive } from "../archive/find-archive.ts";
import { loadFleet } from "../archive/load-fleet.ts";
import type { QuarantinedRows } from "../archive/quarantine.ts";
import { readerVersions } from "../archive/reader-versions.ts";
import type { SourceReport } from "../archive/source-report.ts";
import type { Fleet } from "../core/fleet.ts";
import { canonicalJson } from "../core/json.ts";
import { durationLength } from "../core/time.ts";
import { computeFeatures } from "../features/compute/compute-features.ts";
import { type FeaturePlan, planFeatures } from "../features/plan.ts";
import { describeFleet } from "../features/schema.ts";
import { gridCutoffs } from "../labels/cutoffs.ts";
import { buildHistory } from "../labels/history.ts";
import { labelRows } from "../labels/label-rows.ts";
import type { History, Labels } from "../labels/labels.ts";
import { type Observation, observe } from "../labels/observation.ts";
import { archiveOf } from "./archive-of.ts";
import { cyclesOf } from "./cycles-of.ts";
import { fetchProgress } from "./fetch-progress.ts";
import { type InputFile, inputHashes } from "./input-hashes.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import { matrixCodec, type StoredMatrix } from "./matrix-arrow.ts";
import { defineStage, type Stage, type StageContext } from "./stage.ts";

/** A fleet with the report of its sources. */
export interface LoadedData {
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
}

/** The stages from the archive to labelled rows. @throws DATA_FILES_MISSING */
export async function dataStages(
  context: StageContext,
  pipeline: LoadedPipeline,
  threads: number,
): Promise<DataStages> {
  const { options, places } = pipeline;
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
    dependsOn: { archive, inputs, readers: readerVersions(archive) },
    async compute(onProgress) {
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
  const past = async () => {
    const { fleet } = await load.get();
    const history = buildHistory(fleet, options.label);
    return { fleet, history, observation: observe(fleet, history, { every, stale }) };
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
      const { fleet, observation } = await past();
      const cutoffs = gridCutoffs(fleet, observation, every, cycles);
      const matrix = await computeFeatures(await plan(), fleet, cutoffs, {
        threads,
        signal: context.signal,
        onProgress: (done, total) => onProgress(done / total),
      });
      return { cutoffs, matrix };
    },
  });
  const label = defineStage<LabelledRows>(context, {
    name: "label",
    dependsOn: { featurize: featurize.key, label: options.label },
    async compute() {
      const { fleet, history, observation } = await past();
      const { cutoffs } = await featurize.get();
      return { history, observation, labels: labelRows(options.label, fleet, history, observation, cutoffs) };
    },
  });
  return { files, inputs, load, featurize, label, plan };
}

/** The options that a model depends on, as the text that is hashed into the plan id: no places, no aliases, no environments. */
export function settingsText(pipeline: LoadedPipeline): string {
  const { data, registry, runs, cache, environments, publish, ...settings } = pipeline.options;
  return canonicalJson(settings);
}
