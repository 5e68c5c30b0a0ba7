/** The doors for what a version stores: model.json, featurizer.json and the scorer's part of manifest.json. */
import { readFile } from "node:fs/promises";
import type { Fleet } from "../../../src/core/fleet.ts";
import { canonicalJson } from "../../../src/core/json.ts";
import type { Cutoffs, Matrix } from "../../../src/core/matrix.ts";
import type { Random } from "../../../src/core/random.ts";
import { featurize } from "../../../src/features/apply.ts";
import { featurizerHash, featurizerToJson } from "../../../src/features/featurizer.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { readScorerManifest } from "../../../src/scoring/manifest.ts";
import { loadModel } from "../../../src/training/learners.ts";
import { type Door, WrongResult } from "../door.ts";
import { mutateBytes, mutateJson, pick } from "../mutate.ts";

const good = new URL("../../bad-inputs/_good/", import.meta.url);

/** The text of a harmed JSON file: of its values mostly, of its bytes now and then. */
function harmed(random: Random, values: readonly unknown[]): string {
  const text = JSON.stringify(mutateJson(random, pick(random, values)));
  return random.integer(4) === 0 ? new TextDecoder().decode(mutateBytes(random, new TextEncoder().encode(text))) : text;
}

function parse(text: string): unknown {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A door for JSON texts; one that is no JSON is refused by whoever reads the file, before the door. */
function jsonDoor(
  name: string,
  share: number,
  values: () => Promise<unknown[]>,
  send: (json: unknown) => Promise<string> | string,
): Door {
  return {
    name,
    share,
    async open() {
      const whole = await values();
      for (const value of whole) await send(value);
      return {
        make(random) {
          const content = harmed(random, whole);
          return {
            content,
            async send() {
              const parsed = parse(content) as { json: unknown } | undefined;
              return parsed === undefined ? "no JSON" : await send(parsed.json);
            },
          };
        },
      };
    },
  };
}

async function goodFile(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(new URL(name, good), "utf8")) as Record<string, unknown>;
}

const schedule = {
  learner: "scheduleRule",
  version: 1,
  task: { kind: "binary" },
  features: ["pump_schedule_used"],
  steps: [{ from: [0, 0.5, 1], value: [0.1, 0.2, 0.75] }],
};

export const modelDoor = jsonDoor(
  "model.json",
  150,
  async () => [await goodFile("model.json"), schedule],
  (json) => {
    const model = loadModel(json);
    const rows = 3;
    const columns = model.features.map((_, i) => Float32Array.of(i, Number.NaN, -1e30));
    const matrix: Matrix = { rows, names: [...model.features], columns };
    const raw = model.raw(matrix);
    const predicted = model.link(raw);
    if (raw.length !== predicted.length || raw.length % rows !== 0)
      throw new WrongResult("another number of scores than rows");
    if (canonicalJson(loadModel(JSON.parse(canonicalJson(model.toJSON()))).toJSON()) !== canonicalJson(model.toJSON()))
      throw new WrongResult("written and read again it is another model");
    return "scores, and is the same when written and read again";
  },
);

const fleet: Fleet = {
  time: "timestamp",
  machines: ["a", "b"],
  telemetry: [
    {
      name: "telemetry",
      offsets: Uint32Array.of(0, 3, 4),
      time: Float64Array.of(0, 3.6e9, 7.2e9, 0),
      knownAt: Float64Array.of(0, 3.6e9, 7.2e9, 0),
      sensors: { v: Float64Array.of(1, Number.NaN, 3, 4) },
    },
  ],
  events: {
    failures: {
      name: "failures",
      offsets: Uint32Array.of(0, 1, 1),
      time: Float64Array.of(3.6e9),
      knownAt: Float64Array.of(3.6e9),
      kinds: ["pump"],
      kind: Uint32Array.of(0),
      outcome: true,
    },
  },
};
const cutoffs: Cutoffs = {
  machines: fleet.machines,
  machine: Uint32Array.of(0, 0, 1),
  cutoff: Float64Array.of(0, 8.64e10, 8.64e10),
};

const words = [
  { feature: "rolling", sensors: ["v"], over: ["2h", "1d"], stats: ["mean", "sd", "count", "slope"] },
  { feature: "lag", sensors: ["v"], by: ["1h"] },
  { feature: "delta", sensors: ["v"], by: ["1h"], hold: "2h" },
  { feature: "countOf", table: "failures", over: ["1d"] },
  { feature: "timeSince", table: "failures" },
  { feature: "usedSince", table: "failures", sensor: "v", above: 1 },
];

export const featurizerDoor = jsonDoor(
  "featurizer.json",
  120,
  async () => {
    const schema = {
      time: "timestamp",
      sensors: ["v"],
      events: { failures: { kinds: ["pump"], outcome: true } },
      attributes: {},
    };
    const all = {
      version: 2,
      specs: words,
      schema,
      every: 86_400_000_000,
      outputs: [{ from: "raw", name: "v_mean_1d" }],
      names: ["v_mean_1d"],
    };
    return [await goodFile("featurizer.json"), all];
  },
  async (json) => {
    const featurizer = readFeaturizer(json);
    featurizerHash(featurizer);
    if (
      canonicalJson(featurizerToJson(readFeaturizer(JSON.parse(canonicalJson(featurizerToJson(featurizer)))))) !==
      canonicalJson(featurizerToJson(featurizer))
    )
      throw new WrongResult("written and read again it is another featurizer");
    const matrix = await featurize(featurizer, fleet, cutoffs);
    if (matrix.columns.some((column) => column.length !== cutoffs.cutoff.length))
      throw new WrongResult("another number of values than rows");
    return "computes, and is the same when written and read again";
  },
);

export const manifestDoor = jsonDoor(
  "manifest.json, scorer",
  60,
  async () => [await goodFile("scorer.json")],
  (json) => {
    readScorerManifest(json, "manifest.json");
    return "read";
  },
);
