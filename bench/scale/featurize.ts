/** Our process: sorts an archive into columns on disk, and features of every row from there into part files. */
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import "@duckdb/node-api";
import { sortToFolder } from "../../src/archive/index.ts";
import { describeFleet, featurizeGroups, planFeatures, rolling, writeFeatureParts } from "../../src/features/index.ts";
import { type ArchiveInput, archiveSpec } from "../archive/archive-input.ts";
import { everyRow } from "../features/every-row.ts";
import { measured, processInput } from "../harness/measured.ts";

const { folder, sensors, scratch } = processInput<ArchiveInput>();
const threads = availableParallelism();

await rm(scratch, { recursive: true, force: true });
try {
  await measured(
    async () => {
      const start = performance.now();
      const sorted = await sortToFolder(archiveSpec(sensors), { folder, out: join(scratch, "sorted"), memory: "1GB" });
      const sortedAfter = performance.now();
      const features = [rolling(sensors, { over: ["3h", "24h"], stats: ["mean", "sd", "min", "max"] })];
      const plan = planFeatures(features, describeFleet(await sorted.fleet(0, 1)));
      const groups = featurizeGroups(plan, sorted, everyRow, { threads, memory: "600MB" });
      const options = { names: plan.rawNames, time: sorted.time };
      const files = await writeFeatureParts(join(scratch, "features"), groups, options);
      process.stderr.write(
        `sorted in ${Math.round(sortedAfter - start)} ms, featurized in ${Math.round(performance.now() - sortedAfter)} ms\n`,
      );
      return files;
    },
    async (files) => ({ checks: { rows: files.reduce((sum, rows) => sum + rows, 0), files: files.length } }),
  );
} finally {
  await rm(scratch, { recursive: true, force: true });
}
