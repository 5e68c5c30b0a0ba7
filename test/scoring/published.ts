/** A small fleet by hand, a model trained on it, and the version of it in a registry. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fleet } from "../../src/core/fleet.ts";
import { canonicalJson } from "../../src/core/json.ts";
import type { Cutoffs } from "../../src/core/matrix.ts";
import { applyFeaturizer } from "../../src/features/apply.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { type Featurizer, featurizerHash, featurizerToJson, fitFeaturizer } from "../../src/features/featurizer.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import type { Task } from "../../src/labels/labels.ts";
import { openRegistry, type Registry } from "../../src/registry/registry.ts";
import type { ScorerManifest } from "../../src/scoring/manifest.ts";
import { scoringCutoffs } from "../../src/scoring/scoring-cutoffs.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import type { Model } from "../../src/training/learner.ts";
import { learnerOf } from "../../src/training/learners.ts";

/** Two machines with a reading a cycle; `b` fails at cycle 30 and is repaired at 33; its readings miss from 41 to 49. */
export function smallFleet(): Fleet {
  const a = Array.from({ length: 60 }, (_, i) => i + 1);
  const b = a.filter((cycle) => cycle <= 40 || cycle >= 50);
  const time = Float64Array.from([...a, ...b]);
  const volt = Float64Array.from([...a.map((i) => (i * 37) % 11), ...b.map((i) => (i < 30 ? i : (i * 17) % 7))]);
  return {
    time: "cycles",
    machines: ["a", "b"],
    telemetry: [
      { name: "telemetry", offsets: Uint32Array.of(0, 60, 60 + b.length), time, knownAt: time, sensors: { volt } },
    ],
    events: { failures: events("failures", 30), maintenance: events("maintenance", 33) },
    machineTable: {
      offsets: Uint32Array.of(0, 1, 2),
      validFrom: new Float64Array(2).fill(Number.NEGATIVE_INFINITY),
      attributes: { power: { type: "number", values: Float64Array.of(22, 55) } },
    },
  };
}

/** One record of the motor of machine b. */
function events(name: string, cycle: number) {
  const time = Float64Array.of(cycle);
  const offsets = Uint32Array.of(0, 0, 1);
  return { name, offsets, time, knownAt: time, kinds: ["motor"], kind: Uint32Array.of(0), outcome: true };
}

export interface Published {
  registry: Registry;
  folder: string;
  fleet: Fleet;
  featurizer: Featurizer;
  model: Model;
  manifest: ScorerManifest;
}

/** Trains on the small fleet, publishes "press" version 1 with the alias "production", and cleans up after the action. */
export async function withPublished(
  task: Task,
  action: (published: Published) => Promise<void>,
  changes: Partial<ScorerManifest> = {},
  features: readonly FeatureSpec[] = [rolling(["volt"], { over: ["3c"], stats: ["mean", "max"] })],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-scoring-"));
  try {
    const fleet = smallFleet();
    const label = { label: "failsWithin", horizon: "5c", of: "failures", predict: "any", planned: "healthy" } as const;
    const rows: Cutoffs = scoringCutoffs({ label, time: "cycles" }, fleet).cutoffs;
    const plan = planFeatures(features, describeFleet(fleet));
    const raw = await computeFeatures(plan, fleet, rows);
    const featurizer = fitFeaturizer(plan, fleet, rows, raw, Uint32Array.from(rows.cutoff.keys()));
    const spec = gbdt({ trees: 5, leaves: 4, minRows: 2 });
    const classes = task.kind === "multiclass" ? task.classes.length : 2;
    const matrix = applyFeaturizer(featurizer, raw);
    const target = Float64Array.from(rows.cutoff, (cutoff, i) =>
      task.kind === "regression"
        ? 60 - cutoff
        : rows.machine[i] === 1 && cutoff > 20 && cutoff < 30
          ? 1 + (i % (classes - 1))
          : 0,
    );
    const model = await learnerOf(spec).fit(spec, { task, matrix, target }, { seed: 1, time: "cycles" });
    const manifest: ScorerManifest = {
      format: 1,
      learner: "gbdt",
      task,
      label,
      time: "cycles",
      threshold: task.kind === "regression" ? null : 0.5,
      featurizerHash: featurizerHash(featurizer),
      archive: { time: "cycles", telemetry: [], events: {}, reference: {} },
      trainedUntil: 60,
      trainedWith: "0.1.0",
      ...changes,
    };
    const registry = openRegistry(folderStore(folder));
    const text = (value: unknown) => new TextEncoder().encode(canonicalJson(value));
    const files = new Map([
      ["featurizer.json", text(featurizerToJson(featurizer))],
      ["model.json", text(model.toJSON())],
    ]);
    const now = new Date(0);
    await registry.publish({ model: "press", files, manifest: { scorer: manifest }, now });
    await registry.moveAlias({ model: "press", alias: "production", to: 1, now, who: "anna", why: "first" });
    await action({ registry, folder, fleet, featurizer, model, manifest });
  } finally {
    await rm(folder, { recursive: true });
  }
}
