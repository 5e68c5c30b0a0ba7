/** The end of a run: gates, export with its parity gate, and the registered version. */
import { takeRows } from "../core/matrix.ts";
import { whoAmI } from "../core/who-am-i.ts";
import { checkParity, type Parity } from "../export/onnx/parity.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { type GateVerdict, judgeGates } from "../registry/judge-gates.ts";
import type { Registry } from "../registry/registry.ts";
import type { Fold } from "../splits/fold.ts";
import { compareWithAlias } from "./compare-alias.ts";
import type { LearnStages } from "./learn-stages.ts";
import type { PipelineOptions } from "./options.ts";
import type { PublishedModel } from "./run-result.ts";
import type { DataStages } from "./run-stages.ts";
import { defineStage, endIfInterrupted, type StageContext } from "./stage.ts";
import { openPart, type StoredPart } from "./stored-part.ts";
import type { VersionFiles } from "./version-files.ts";

export interface GateInput {
  options: PipelineOptions;
  data: DataStages;
  learn: LearnStages;
  registry: Registry;
  threads: number;
  /** Whether other code of custom features than the pipeline's own may run. Default: false. */
  allowCustom?: boolean;
}

/** What the pipeline's gates say of the learner to publish; nothing where none is to be published. */
export async function runGates({
  options,
  data,
  learn,
  registry,
  threads,
  allowCustom,
}: GateInput): Promise<GateVerdict[]> {
  const { learners, best } = await learn.evaluate.get();
  const at = learners.findIndex(({ metrics }) => metrics.learner === best);
  if (options.publish === undefined || at === -1) return [];
  const loaded = await data.load.get();
  const { history } = await data.label.get();
  const candidate = await learn.train[at].get();
  const part = await learn.refit.get();
  return judgeGates(options.publish.when ?? [], {
    metrics: learners[at].metrics,
    compare: async (alias) => {
      const sorted = await data.sorted();
      const input = { registry, options, data: loaded, sorted, history, candidate, part, threads, allowCustom };
      return await compareWithAlias(alias, input);
    },
  });
}

export interface PublishInput {
  context: StageContext;
  options: PipelineOptions;
  data: DataStages;
  learn: LearnStages;
  registry: Registry;
  part: StoredPart;
  version: VersionFiles;
  run: string;
  now: Date;
}

/** Holds the export against the model on every evaluation row, then publishes. @throws MODEL_PARITY, REGISTRY_* */
export async function publishRun(input: PublishInput): Promise<PublishedModel> {
  const { context, options, learn, registry, version, run, now } = input;
  const parity = defineStage<Parity>(context, {
    name: "export",
    dependsOn: { refit: learn.refit.key, name: options.name },
    compute: () => parityOf(input),
  });
  await parity.ensure();
  endIfInterrupted(context, "publish");
  context.watcher.started("publish");
  const who = whoAmI();
  const { files, scorer } = version;
  const published = await registry.publish({ model: options.name, files, manifest: { scorer }, now, who, run });
  const alias = options.publish?.alias;
  if (alias !== undefined) {
    const why = `published by run ${run}`;
    await registry.moveAlias({ model: options.name, alias, to: published.version, now, who, why });
  }
  context.watcher.ended("publish", "done");
  const { version: number, path } = published;
  return { model: options.name, version: number, path, aliases: alias === undefined ? [] : [alias] };
}

async function parityOf({ data, learn, part, version }: PublishInput): Promise<Parity> {
  const { featurizer, model } = openPart(part);
  const { matrix } = await data.featurize.get();
  const rows = evaluatedRows(await learn.folds());
  return checkParity(model, version.files.get("model.onnx")!, takeRows(applyFeaturizer(featurizer, matrix), rows));
}

function evaluatedRows(folds: readonly Fold[]): Uint32Array {
  const used = folds.filter((fold) => fold.skipped === undefined);
  return Uint32Array.from(new Set(used.flatMap((fold) => [...fold.evaluate]))).sort();
}
