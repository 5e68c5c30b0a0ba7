/** Our process where memory is short: `sortToFolder` reads, checks and sorts all files into columns on disk, in 2 GB. */
import { rm } from "node:fs/promises";
import { type SortedArchive, sortToFolder } from "../../src/archive/index.ts";
import { measured, processInput } from "../harness/measured.ts";
import { type ArchiveInput, archiveSpec } from "./archive-input.ts";
import { fleetChecks } from "./fleet-checks.ts";

const { folder, sensors, scratch } = processInput<ArchiveInput>();
const machinesAtOnce = 50;

await rm(scratch, { recursive: true, force: true });
try {
  await measured(
    () => sortToFolder(archiveSpec(sensors), { folder, out: scratch, memory: "2GB" }),
    async (sorted) => ({ checks: await fleetChecks(ranges(sorted)) }),
  );
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function* ranges(sorted: SortedArchive) {
  for (let from = 0; from < sorted.machines.length; from += machinesAtOnce) {
    yield await sorted.fleet(from, Math.min(from + machinesAtOnce, sorted.machines.length));
  }
}
