/** Our process: each reading is added, and the features of its machine are computed. */
import { createHash } from "node:crypto";
import { onlineFeaturizer } from "../../src/features/index.ts";
import { processInput } from "../harness/measured.ts";
import { percentiles, printMeasurement } from "./latency.ts";
import { arrivals, machineRows, type OnlineInput, onlineBenchFeaturizer, schedule } from "./online-input.ts";

const input = processInput<OnlineInput>();
const featurizer = await onlineBenchFeaturizer(input);
const online = onlineFeaturizer(featurizer, { machines: machineRows(input), schedule });
const features = new Float32Array(online.names.length);
const latencies = new Float64Array(input.machines * input.hours);
const compared = createHash("sha256");
const first = input.machines * input.warmUp;
let count = 0;
for (const { reading, events } of arrivals(input)) {
  for (const { table, event } of events) online.addEvent(table, event);
  const start = performance.now();
  online.addReading(reading);
  online.featuresAt(reading.machine, reading.time, features);
  const end = performance.now();
  if (count >= first) latencies[count - first] = (end - start) / 1000;
  if (count >= first && count < first + input.compared) compared.update(new Uint8Array(features.slice().buffer));
  count++;
}
printMeasurement(percentiles(latencies), { features: online.names.length, compared: compared.digest("hex") });
