/** Our process: loads, checks and sorts a Parquet file of telemetry, computes the features of every row, and writes them where that is asked. */
import "@duckdb/node-api";
import { availableParallelism } from "node:os";
import { basename, dirname } from "node:path";
import { loadFleet, parquet } from "../../src/archive/index.ts";
import type { Duration } from "../../src/core/time.ts";
import { computeFeatures, describeFleet, planFeatures, rolling, writeFeatures } from "../../src/features/index.ts";
import type { RollingStatisticSpec } from "../../src/features/statistics/table.ts";
import { measured, processInput } from "../harness/measured.ts";
import { writeColumns } from "../harness/write-columns.ts";
import { everyRow } from "./every-row.ts";
import type { ParquetInput } from "./parquet-work.ts";

const { file, sensors, over, stats, out, written } = processInput<ParquetInput>();
const telemetry = [parquet(basename(file), { machine: "machine", time: "time", sensors })];
const features = [rolling(sensors, { over: over as Duration[], stats: stats as RollingStatisticSpec[] })];

await measured(
  async () => {
    const { fleet } = await loadFleet({ time: "timestamp", telemetry }, { folder: dirname(file) });
    const cutoffs = everyRow(fleet);
    const plan = planFeatures(features, describeFleet(fleet));
    const matrix = await computeFeatures(plan, fleet, cutoffs, { threads: availableParallelism() });
    const rows = [{ cutoffs, matrix }];
    if (written !== undefined) await writeFeatures(written, rows, { names: matrix.names, time: fleet.time });
    return matrix;
  },
  async ({ rows, names, columns }) => ({
    checks: { rows, columns: columns.length },
    columns: await writeColumns(out, names, columns),
  }),
);
