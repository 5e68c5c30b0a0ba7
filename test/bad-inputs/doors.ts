/** The doors through which a case of bad input goes: each gives what came in as plain data, or throws. */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import type { ArchiveSpec } from "../../src/archive/spec.ts";
import type { Fleet } from "../../src/core/fleet.ts";
import { hashJson } from "../../src/core/json.ts";
import { unpack } from "../../src/core/pack.ts";
import { instantName } from "../../src/core/time.ts";
import { openOnnx } from "../../src/export/onnx/session.ts";
import { checkOptions } from "../../src/pipeline/check-options.ts";
import { loadPipeline } from "../../src/pipeline/load-pipeline.ts";
import { matrixCodec } from "../../src/pipeline/matrix-arrow.ts";
import { scoreFiles } from "../../src/pipeline/score-files.ts";
import { stageCache } from "../../src/pipeline/stage-cache.ts";
import { openRegistry } from "../../src/registry/registry.ts";
import { openScorer } from "../../src/scoring/scorer.ts";
import { folderStore } from "../../src/stores/folder.ts";
import { type BadInput, corpus } from "./case.ts";

type Given = Record<string, unknown>;
type Door = (given: Given, folder: string) => Promise<unknown>;

export const doors: Record<BadInput["door"], Door> = {
  /** Loads telemetry.csv with the columns m, t and the sensor v, or what `given` says in place of parts of that archive. */
  async load(given, folder) {
    const mapping = { machine: "m", time: "t", sensors: ["v"] };
    const telemetry = [{ format: "csv", path: "telemetry.csv", ...mapping }];
    const spec = { time: "timestamp", telemetry, ...given } as unknown as ArchiveSpec;
    const { fleet, sources } = await loadFleet(spec, { folder });
    const rows = sources.map(({ source, read, used }) => [source, read, used]);
    return {
      ...summary(fleet),
      rows: Object.fromEntries(rows.map(([source, read, used]) => [source, { read, used }])),
    };
  },
  /** Opens pipeline.mts, or the file that `given` names. */
  async pipeline({ file = "pipeline.mts", set, environment }, folder) {
    const { options } = await loadPipeline(String(file), {
      workingFolder: folder,
      set: set as Record<string, string> | undefined,
      environment: environment as string | undefined,
    });
    return options;
  },
  /** Checks the good pipeline's options with the members of `given` in place of its own; null takes one out. */
  async options(given, folder) {
    await goodPipeline(folder);
    const { options } = await loadPipeline("good.mts", { workingFolder: folder });
    const changed = Object.entries({ ...options, ...given }).filter(([, value]) => value !== null);
    checkOptions(Object.fromEntries(changed) as unknown as typeof options, "pipeline.mts");
    return {};
  },
  /** Publishes the good version with the case's model.json, featurizer.json or members of scorer.json, and opens it as a scorer. */
  async scorer({ scorer, registered = "pumps@1", damage }, folder) {
    const registry = await goodRegistry(folder, scorer as Given | undefined);
    for (const [path, text] of Object.entries((damage as Record<string, string>) ?? {}))
      await writeFile(join(folder, "versions", path), text);
    const opened = await openScorer(registry, String(registered));
    return { model: opened.model, version: opened.version };
  },
  /** One call of a registry in which the good version is published; the case's files in `versions` lie in it. */
  async registry({ call, args = [], damage = {} }, folder) {
    const registry = await goodRegistry(folder);
    for (const [path, text] of Object.entries(damage as Record<string, string>)) {
      await mkdir(join(folder, "versions", path, ".."), { recursive: true });
      await writeFile(join(folder, "versions", path), text);
    }
    const method = registry[call as "verify"] as unknown as (...args: unknown[]) => Promise<unknown>;
    const result = await method.call(registry, ...(args as unknown[]));
    return Array.isArray(result) ? { list: result } : result;
  },
  /** Runs the command in the folder, with pumps@1 registered in `versions`. */
  async cli({ args }, folder) {
    await goodRegistry(folder);
    await goodPipeline(folder);
    return await command(args as string[], folder);
  },
  /** Reads `result.pack` from a stage cache. */
  async cache(_given, folder) {
    const bytes = await stageCache(folder).read("result.pack");
    return { bytes: bytes === undefined ? null : bytes.length };
  },
  /** Reads `result.pack` as a packed value. */
  async pack(_given, folder) {
    return { value: unpack(await readFile(join(folder, "result.pack"))) };
  },
  /** Reads `result.arrow` as a stored matrix. */
  async matrix(_given, folder) {
    const { matrix, cutoffs } = matrixCodec("timestamp").decode(await readFile(join(folder, "result.arrow")));
    return { rows: matrix.rows, names: matrix.names, machines: cutoffs.machines };
  },
  /** Opens `model.onnx`. */
  async onnx(_given, folder) {
    await (await openOnnx(await readFile(join(folder, "model.onnx")))).release();
    return {};
  },
  /** Scores the good telemetry with pumps@1 and writes the predictions to `out`. */
  async predictions({ out = "predictions.parquet", at }, folder) {
    await goodRegistry(folder);
    for (const file of ["telemetry.csv", "failures.csv"])
      await writeFile(
        join(folder, file),
        await readFile(join(folder, file)).catch(() => readFile(join(corpus, "_good", file))),
      );
    const places = { data: folder, registry: join(folder, "versions"), out: join(folder, String(out)) };
    const { rows, statuses } = await scoreFiles({ model: "pumps", at: at as string | undefined, ...places });
    return { rows, statuses };
  },
};

/** What a case can say of a loaded fleet: instants as text, a missing reading as null. */
function summary({ time, machines, telemetry, events, machineTable }: Fleet) {
  const [table] = telemetry;
  const names = (instants: Iterable<number>) => Array.from(instants, (instant) => instantName(instant, time));
  return {
    machines,
    time: names(table.time),
    values: Object.fromEntries(
      Object.entries(table.sensors).map(([name, of]) => [
        name,
        Array.from(of, (value) => (Number.isNaN(value) ? null : value)),
      ]),
    ),
    events: Object.fromEntries(
      Object.entries(events).map(([name, of]) => [
        name,
        {
          time: names(of.time),
          knownAt: names(of.knownAt),
          kinds: Array.from(of.kind, (kind) => of.kinds[kind]),
          ...(of.end && { end: names(of.end) }),
        },
      ]),
    ),
    attributes: machineTable === undefined ? {} : Object.fromEntries(Object.entries(machineTable.attributes)),
  };
}

async function goodPipeline(folder: string): Promise<void> {
  const text = await readFile(join(corpus, "_good", "pipeline.mts.txt"), "utf8");
  const source = pathToFileURL(join(corpus, "../../src/index.ts")).href;
  await writeFile(join(folder, "good.mts"), text.replace('"forewarn"', JSON.stringify(source)));
}

/** A registry in the folder's `versions` in which pumps@1 is published, made of the case's own files where it has some. */
export async function goodRegistry(folder: string, changed: Given = {}) {
  const part = async (name: string) =>
    await readFile(join(folder, name)).catch(() => readFile(join(corpus, "_good", name)));
  const files = new Map<string, Uint8Array>();
  for (const name of ["model.json", "featurizer.json"]) files.set(name, await part(name));
  const scorer = JSON.parse((await part("scorer.json")).toString()) as Given;
  const registry = openRegistry(folderStore(join(folder, "versions")));
  const manifest = { scorer: { ...scorer, featurizerHash: hashOf(files.get("featurizer.json")!), ...changed } };
  await registry.publish({ model: "pumps", files, manifest, now: new Date(0), who: "a test" });
  return registry;
}

/** The hash of a featurizer, where its file is JSON at all. */
function hashOf(bytes: Uint8Array): string {
  try {
    return hashJson(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return "none";
  }
}

/** Runs the command line's own source, which needs no build. */
function command(args: readonly string[], folder: string): Promise<{ exit: number; stdout: string; stderr: string }> {
  const main = JSON.stringify(pathToFileURL(join(corpus, "../../src/cli/main.ts")).href);
  const script = `import(${main}).then(({ main }) => main(process.argv.slice(1)));`;
  return new Promise((resolve) => {
    const environment = { ...process.env, NO_COLOR: "1" };
    execFile(
      process.execPath,
      ["-e", script, "--", ...args],
      { cwd: folder, env: environment },
      (error, stdout, stderr) => {
        resolve({ exit: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}
