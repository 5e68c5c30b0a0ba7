/** Our process of the benchmark beside tsfresh: `computeFeatures` at given instants of telemetry that is in memory. */
import { basename, dirname } from "node:path";
import { loadFleet, parquet } from "../../src/archive/index.ts";
import type { Fleet } from "../../src/core/fleet.ts";
import type { Cutoffs } from "../../src/core/matrix.ts";
import { computeFeatures, describeFleet, planFeatures, rolling } from "../../src/features/index.ts";
import { measured, processInput } from "../harness/measured.ts";
import { writeColumns } from "../harness/write-columns.ts";
import type { TsfreshInput } from "./tsfresh-input.ts";
import { tsfreshStatistics } from "./tsfresh-statistics.ts";

const { file, sensor, hours, windows, labels, out } = processInput<TsfreshInput>();
const telemetry = [parquet(basename(file), { machine: "machine", time: "time", sensors: [sensor] })];
const { fleet } = await loadFleet({ time: "timestamp", telemetry }, { folder: dirname(file) });
const cutoffs = spreadCutoffs(fleet);
const stats = labels.map((label) => tsfreshStatistics[label]);
const plan = planFeatures([rolling(sensor, { over: `${hours}h`, stats })], describeFleet(fleet));

// One thread: others take longer to start than all of it takes.
await measured(
  () => computeFeatures(plan, fleet, cutoffs, { threads: 1 }),
  async ({ rows, columns }) => ({
    checks: { rows, columns: columns.length },
    columns: await writeColumns(out, labels, columns),
  }),
);

/** Window k of a machine ends with its row `hours - 1 + k x stride`. */
function spreadCutoffs({ machines, telemetry: [{ offsets, time }] }: Fleet): Cutoffs {
  const rows = machines.flatMap((_, machine) => {
    const stride = Math.floor((offsets[machine + 1] - offsets[machine] - hours) / windows);
    return Array.from({ length: windows }, (_, k) => ({ machine, row: offsets[machine] + hours - 1 + k * stride }));
  });
  const machine = Uint32Array.from(rows, (row) => row.machine);
  return { machines, machine, cutoff: Float64Array.from(rows, ({ row }) => time[row]) };
}
