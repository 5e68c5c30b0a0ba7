import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { checkPipeline } from "../../src/check/check-pipeline.ts";
import { sha256 } from "../../src/core/json.ts";
import { takeCutoffs } from "../../src/core/matrix.ts";
import { operatingCycles } from "../../src/features/cycles/operating-cycles.ts";
import { fleetGroups } from "../../src/features/fleet-groups.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { fleetSource } from "../../src/features/source.ts";
import { archiveOf } from "../../src/pipeline/archive-of.ts";
import { checkOptions } from "../../src/pipeline/check-options.ts";
import { dataFeatures } from "../../src/pipeline/data-features.ts";
import { describePlan } from "../../src/pipeline/describe-plan.ts";
import { observeGroups } from "../../src/pipeline/observe-groups.ts";
import { withoutReadings } from "../../src/pipeline/sorted-data.ts";
import { notWorseThan } from "../../src/registry/gates.ts";
import { bitsOf } from "../features/support/compute.ts";
import { smallFleet, smallOptions } from "./support/small-fleet.ts";

const small = await smallFleet(test);
const memory = "512MB";
const publish = { alias: "candidate", refit: false, when: [notWorseThan("candidate")] };
const HOUR = 3_600_000_000;

test("with telemetry on disk the registered version and its gates are those of telemetry in memory, byte for byte", async () => {
  // The second model is compared with the first one, whose features are computed from the archive once more.
  const learners = smallOptions.learners.map((spec) => ({ ...spec, learningRate: 0.2 }) as typeof spec);
  const verdicts: unknown[] = [];
  for (const home of ["memory", "disk"]) {
    const options = { publish, ...(home === "disk" && { memory }) };
    const first = await small.run(options, { home });
    const second = await small.run({ ...options, learners: [smallOptions.learners[0], learners[1]] }, { home });
    assert.deepEqual([first.published?.version, second.gates.length], [1, 1]);
    verdicts.push(second.gates[0]);
  }
  // All but claims, which name their run and its clock.
  const version = (home: string) => {
    const { claim: _, ...files } = contents(join(small.places(home).registry, "small", "1"));
    return files;
  };
  assert.ok(Object.keys(version("memory")).includes("model.json"));
  assert.deepEqual(version("disk"), version("memory"));
  assert.ok((verdicts[0] as { found: unknown }).found !== null, JSON.stringify(verdicts[0]));
  assert.deepEqual(verdicts[1], verdicts[0]);
});

test("finished stages are picked up whatever the amount; sorted columns that are damaged or gone are made anew", async () => {
  const { cache } = small.places("disk");
  const folder = () => join(cache, readdirSync(cache).find((name) => name.startsWith("sorted-")) ?? "none");
  const stages = async (amount: string) =>
    (await small.run({ memory: amount, publish }, { home: "disk" })).stages
      .filter(({ status, name }) => status === "done" && name !== "publish")
      .map(({ name }) => name);
  assert.deepEqual(await stages("1GB"), []);
  const column = readdirSync(folder()).find((name) => name.endsWith("vibration")) ?? readdirSync(folder())[0];
  const good = contents(folder());
  for (const spoil of [
    () => rmSync(folder(), { recursive: true }),
    () => writeFileSync(join(folder(), column), changed(readFileSync(join(folder(), column)))),
  ]) {
    spoil();
    for (const name of readdirSync(cache).filter((file) => file.startsWith("featurize-"))) rmSync(join(cache, name));
    assert.deepEqual(await stages("512MB"), ["featurize"]);
    assert.deepEqual(contents(folder()), good);
  }
});

test("a plan reads the same from disk, and a leak check works with everything in memory", async () => {
  const pipeline = (home: string, options: object) => ({
    options: { ...smallOptions, ...options },
    places: small.places(home),
    source: "test",
    overrides: {},
  });
  const cycles = { cycles: operatingCycles({ gap: "2h" }), every: undefined };
  for (const more of [{}, cycles]) {
    const inMemory = await describePlan(pipeline("memory", more));
    assert.deepEqual(await describePlan(pipeline("disk", { ...more, memory })), inMemory);
  }
  const report = await checkPipeline(pipeline("disk", { memory }), { trials: 4 });
  assert.deepEqual(report.leaks, []);
  assert.ok(report.values > 0);
});

test("machines observed one after the other have the observation and cutoffs of all at once, and the features in any order", async () => {
  const archive = archiveOf(smallOptions);
  const { fleet } = await loadFleet(archive, { folder: small.places().data });
  const source = fleetSource(fleet);
  for (const cycles of [undefined, operatingCycles({ gap: "2h" })]) {
    const every = cycles === undefined ? 6 * HOUR : undefined;
    const options = { label: smallOptions.label, every, stale: undefined, cycles, signal: undefined };
    const groups = (bytes: number) => fleetGroups(source, { bytes, columns: 0 });
    const one = Math.max(
      ...fleet.machines.map((_, m) => source.tables[0].offsets[m + 1] - source.tables[0].offsets[m]),
    );
    const few = one * 100;
    let counted = 0;
    for await (const { fleet: part } of groups(few)) counted += Math.sign(part.machines.length);
    assert.ok(counted > 3, String(counted));
    const whole = await observeGroups(fleet, groups(Number.POSITIVE_INFINITY), options);
    assert.ok(whole.history.failures.length > 3 && whole.cutoffs.cutoff.length > 100);
    assert.deepEqual(await observeGroups(withoutReadings({ ...sortedOf(fleet) }), groups(few), options), whole);
    if (cycles !== undefined) continue;
    const plan = planFeatures(smallOptions.features, describeFleet(fleet), { every });
    const backwards = takeCutoffs(whole.cutoffs, Uint32Array.from(whole.cutoffs.cutoff.keys()).reverse());
    const sorted = { source: sortedOf(fleet), memory: 2_000_000 };
    const [expected, found] = [
      await dataFeatures(plan, { fleet }, backwards, { threads: 1 }),
      await dataFeatures(plan, { fleet: withoutReadings(sorted.source), sorted }, backwards, { threads: 1 }),
    ];
    assert.deepEqual(bitsOf(found), bitsOf(expected));
  }

  function sortedOf({ telemetry, ...rest }: typeof fleet) {
    return {
      ...source,
      tables: telemetry.map(({ name, sensors, offsets }) => ({ name, sensors: Object.keys(sensors), offsets })),
      fleet: (from = 0, to = rest.machines.length) => source.fleet(from, to),
      rest,
      sources: [],
      verify: async () => undefined,
    };
  }
});

test("an amount that no archive can be sorted in is refused before anything runs", () => {
  for (const amount of ["2", "100MB", "much", 5]) {
    assert.throws(() => checkOptions({ ...smallOptions, memory: amount as string }, "small.ts"), {
      code: "PIPELINE_OPTION_VALUE",
    });
  }
  checkOptions({ ...smallOptions, memory: "512MB" }, "small.ts");
});

/** The checksum of every file of a folder by its path. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), sha256(readFileSync(path))]));
}

function changed(bytes: Buffer): Buffer {
  bytes[bytes.length - 1] ^= 1;
  return bytes;
}
