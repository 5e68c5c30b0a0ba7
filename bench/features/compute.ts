/** Our process: `computeFeatures` of telemetry that is in memory. */
import { availableParallelism } from "node:os";
import { basename, dirname } from "node:path";
import { loadFleet, parquet } from "../../src/archive/index.ts";
import type { Duration } from "../../src/core/time.ts";
import { computeFeatures, describeFleet, planFeatures, rolling } from "../../src/features/index.ts";
import type { RollingStatisticSpec } from "../../src/features/statistics/table.ts";
import { measured, processInput } from "../harness/measured.ts";
import { writeColumns } from "../harness/write-columns.ts";
import { everyRow } from "./every-row.ts";
import type { FeaturesInput } from "./features-input.ts";

const { file, sensors, over, stats, out } = processInput<FeaturesInput>();
const telemetry = [parquet(basename(file), { machine: "machine", time: "time", sensors })];
const { fleet } = await loadFleet({ time: "timestamp", telemetry }, { folder: dirname(file) });
const cutoffs = everyRow(fleet);
const options = { over: over as Duration[], stats: stats as RollingStatisticSpec[] };
const plan = planFeatures([rolling(sensors, options)], describeFleet(fleet));

await measured(
  () => computeFeatures(plan, fleet, cutoffs, { threads: availableParallelism() }),
  async ({ rows, names, columns }) => ({
    checks: { rows, columns: columns.length },
    columns: await writeColumns(out, names, columns),
  }),
);
