/** One reading of 4 sensors in, 60 features out. */
import type { Bench } from "./harness/bench.ts";
import type { OnlineInput } from "./online/online-input.ts";

export const bench: Bench = {
  about: "one reading of 4 sensors in, 60 features out: microseconds, median and 99th percentile",
  runs: 3,
  async prepare({ rows: readings = 120_000 }) {
    const input: OnlineInput = { machines: 100, hours: Math.ceil(readings / 100), warmUp: 200, compared: 100 };
    return [
      {
        name: "online",
        work: { readings: input.machines * input.hours, machines: input.machines, sensors: 4, features: 60 },
        ours: { script: "online/online.ts", input },
        peers: { recompute: { script: "online/recompute.ts", input } },
      },
    ];
  },
};
