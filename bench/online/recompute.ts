/** What it stands beside: all rows of the machine are kept, and the batch path is run over them for each reading. */
import { createHash } from "node:crypto";
import { featurize, fleetFromRows } from "../../src/features/index.ts";
import { processInput } from "../harness/measured.ts";
import { percentiles, printMeasurement } from "./latency.ts";
import {
  type Arrival,
  arrivals,
  machineRows,
  type OnlineInput,
  onlineBenchFeaturizer,
  schedule,
} from "./online-input.ts";

const input = processInput<OnlineInput>();
const featurizer = await onlineBenchFeaturizer(input);
const rows = new Map<string, Arrival[]>();
const latencies: number[] = [];
const compared = createHash("sha256");
let features = 0;
let count = 0;
for (const arrival of arrivals(input)) {
  const { machine, time } = arrival.reading;
  const kept = rows.get(machine) ?? [];
  rows.set(machine, kept);
  kept.push(arrival);
  if (count++ < input.machines * input.warmUp) continue;
  const start = performance.now();
  const events: Record<string, Arrival["events"][number]["event"][]> = { errors: [], maintenance: [] };
  for (const { events: happened } of kept) for (const { table, event } of happened) events[table].push(event);
  const telemetry = kept.map(({ reading }) => reading);
  const machines = machineRows(input).filter((row) => row.machine === machine);
  const fleet = fleetFromRows({ telemetry: telemetry, events, machines, schedule });
  const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(time) };
  const { columns } = await featurize(featurizer, fleet, cutoffs);
  latencies.push((performance.now() - start) / 1000);
  compared.update(new Uint8Array(Float32Array.from(columns, ([value]) => value).buffer));
  features = columns.length;
  if (latencies.length === input.compared) break;
}
printMeasurement(percentiles(Float64Array.from(latencies)), { features, compared: compared.digest("hex") });
