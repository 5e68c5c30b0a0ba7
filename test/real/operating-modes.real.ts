import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { csv } from "../../src/archive/csv.ts";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { applyFeaturizer } from "../../src/features/apply.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { fitFeaturizer } from "../../src/features/featurizer.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { operatingModes } from "../../src/features/words/operating-modes.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { unlessThere } from "./support/run-real.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = resolve(process.env.PDM_DATA ?? join(root, "../shared/data"));
const settings = ["set1", "set2", "set3"];
const sensors = Array.from({ length: 21 }, (_, i) => `s${i + 1}`);

/** The six conditions that C-MAPSS was run at: altitude in 1,000 ft, Mach number, throttle resolver angle. */
const conditions = [
  [0, 0, 100],
  [10, 0.25, 100],
  [20, 0.7, 100],
  [25, 0.62, 60],
  [35, 0.84, 100],
  [42, 0.84, 100],
];

test("C-MAPSS FD004: the six operating conditions are found, and within them sensors show the wear", {
  skip: unlessThere("cmapss"),
}, async (context) => {
  const source = csv("train_FD004.txt", {
    delimiter: " ",
    machine: "unit",
    time: "cycle",
    columns: ["unit", "cycle", ...settings, ...sensors],
    sensors: [...settings, ...sensors],
  });
  const { fleet } = await loadFleet(
    { time: "cycles", telemetry: [source], events: {} },
    { folder: join(data, "cmapss") },
  );
  const [telemetry] = fleet.telemetry;
  const machine = new Uint32Array(telemetry.time.length);
  for (let m = 0; m < fleet.machines.length; m++) machine.fill(m, telemetry.offsets[m], telemetry.offsets[m + 1]);
  const cutoffs = { machines: fleet.machines, machine, cutoff: telemetry.time };
  const of = (sensor: string) => `${sensor}_last_1c`;
  const specs = [
    rolling([...settings, "s11"], { over: "1c", stats: "last" }),
    operatingModes({ by: settings.map(of), standardise: of("s11") }),
  ];
  const plan = planFeatures(specs, describeFleet(fleet));
  const raw = await computeFeatures(plan, fleet, cutoffs);
  // Learned from every other engine; healthy is what is more than 125 cycles from its last one.
  const rows = Uint32Array.from(machine.keys());
  const left = rows.map((row) => telemetry.time[telemetry.offsets[machine[row] + 1] - 1] - telemetry.time[row]);
  const labelState = Uint8Array.from(left, (cycles) => (cycles > 125 ? 0 : 1));
  const featurizer = fitFeaturizer(
    plan,
    fleet,
    cutoffs,
    raw,
    rows.filter((row) => machine[row] % 2 === 0),
    { labelState },
  );
  const modes = featurizer.outputs.find((node) => node.from === "modes");
  assert.equal(modes?.centres.length, conditions.length);
  for (const [i, centre] of modes.centres.entries()) {
    context.diagnostic(`mode ${i + 1}: ${centre.map((value) => value.toFixed(3)).join(", ")}`);
    for (const [j, tolerance] of [0.1, 0.01, 0.01].entries()) {
      assert.ok(Math.abs(centre[j] - conditions[i][j]) < tolerance, `mode ${i + 1}: ${centre}`);
    }
  }
  const matrix = applyFeaturizer(featurizer, raw);
  const column = (name: string) => matrix.columns[matrix.names.indexOf(name)];
  // All rows, also of engines that nothing was learned from, are in the mode of the condition they were run at.
  for (const [i, [altitude]] of conditions.entries()) {
    const found = column(`mode_${i + 1}`);
    for (const row of rows) assert.equal(found[row], Math.round(telemetry.sensors["set1"][row]) === altitude ? 1 : 0);
  }
  // Across conditions a pressure says little of wear; within them it does.
  const wear = (values: Float32Array) =>
    meanOf(values, (row) => left[row] < 20) - meanOf(values, (row) => left[row] > 125);
  const [inMode, alone] = [wear(column("s11_last_1c_inMode")), wear(column(of("s11"))) / sdOf(column(of("s11")))];
  context.diagnostic(
    `s11 in the last 20 cycles: ${inMode.toFixed(2)} sd within its mode, ${alone.toFixed(2)} sd over all`,
  );
  assert.ok(inMode > 3 && inMode > 10 * Math.abs(alone));

  function meanOf(values: Float32Array, isWanted: (row: number) => boolean): number {
    const wanted = rows.filter(isWanted);
    return wanted.reduce((sum, row) => sum + values[row], 0) / wanted.length;
  }

  function sdOf(values: Float32Array): number {
    const mean = meanOf(values, () => true);
    return Math.sqrt(rows.reduce((sum, row) => sum + (values[row] - mean) ** 2, 0) / rows.length);
  }
});
