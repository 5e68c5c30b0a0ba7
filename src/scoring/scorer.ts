/** A scorer: a registered version, checked and read, ready to score. */
import { ForewarnError } from "../core/errors.ts";
import { canonicalJson } from "../core/json.ts";
import { type Featurizer, featurizerHash } from "../features/featurizer.ts";
import { type ReadFeaturizerOptions, readFeaturizer } from "../features/read.ts";
import type { Registry } from "../registry/registry.ts";
import type { RegisteredVersion } from "../registry/versions.ts";
import type { Model } from "../training/learner.ts";
import { loadModel } from "../training/learners.ts";
import { readScorerManifest, type ScorerManifest } from "./manifest.ts";

export interface Scorer {
  model: string;
  version: number;
  manifest: ScorerManifest;
  featurizer: Featurizer;
  predictor: Model;
}

/**
 * Opens "name@alias", "name@3" or "name" (the latest version). Every file is held against its sum before it is read.
 * @throws REGISTRY_*, MODEL_INVALID, MODEL_CUSTOM_REFUSED
 */
export async function openScorer(
  registry: Registry,
  reference: string,
  { allowCustom }: ReadFeaturizerOptions = {},
): Promise<Scorer> {
  const { model, version } = await registry.resolve(reference);
  const registered = await registry.readVersion(model, version);
  const manifest = readScorerManifest(registered.manifest["scorer"], `${registered.path}/manifest.json, scorer`);
  const featurizer = readFeaturizer(readJson(registered, "featurizer.json"), { allowCustom });
  const predictor = loadModel(readJson(registered, "model.json"));
  const mismatch = (what: string, expected: string, found: string) =>
    new ForewarnError("REGISTRY_SCORER_MISMATCH", {
      problem: `the parts of a registered version do not belong together: ${what}`,
      expected,
      found,
      where: registered.path,
    });
  const hash = featurizerHash(featurizer);
  if (hash !== manifest.featurizerHash) throw mismatch("featurizer", manifest.featurizerHash, hash);
  if (predictor.learner !== manifest.learner) throw mismatch("learner", manifest.learner, predictor.learner);
  const tasks = [manifest.task, predictor.task].map((task) => canonicalJson(task));
  if (tasks[0] !== tasks[1]) throw mismatch("task", tasks[0], tasks[1]);
  const unknown = predictor.features.find((feature) => !featurizer.names.includes(feature));
  if (unknown !== undefined) throw mismatch("features", "columns that the featurizer gives", `\`${unknown}\``);
  return { model, version, manifest, featurizer, predictor };
}

function readJson(registered: RegisteredVersion, name: string): unknown {
  const bytes = registered.files.get(name);
  const where = `${registered.path}/${name}`;
  if (bytes === undefined)
    throw new ForewarnError("REGISTRY_FILES", { problem: "a registered version lacks a file", where });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ForewarnError("REGISTRY_FILES", { problem: "a registered file is no JSON", where, cause });
  }
}
