/** Our process: `loadFleet` reads, checks and sorts all files into columns in memory. */
import { loadFleet } from "../../src/archive/index.ts";
import { measured, processInput } from "../harness/measured.ts";
import { type ArchiveInput, archiveSpec } from "./archive-input.ts";
import { fleetChecks } from "./fleet-checks.ts";

const { folder, sensors } = processInput<ArchiveInput>();

await measured(
  () => loadFleet(archiveSpec(sensors), { folder }),
  async ({ fleet }) => ({ checks: await fleetChecks([fleet]) }),
);
