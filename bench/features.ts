/** Features of an hourly fleet of 100 machines: kernels alone, from and to Parquet, a week's window, what tsfresh knows. */
import { fromParquet } from "./features/from-parquet.ts";
import { kernels } from "./features/kernels.ts";
import { makeTelemetry } from "./features/make-telemetry.ts";
import { sevenDays } from "./features/seven-days.ts";
import { toParquet } from "./features/to-parquet.ts";
import { tsfresh } from "./features/tsfresh.ts";
import type { Bench } from "./harness/bench.ts";

export const bench: Bench = {
  about: "features of 876,100 rows, 4 sensors: kernels alone, Parquet in and out, a 7-day window, what tsfresh knows",
  runs: 5,
  async prepare({ folder, rows = 876_100 }) {
    const telemetry = await makeTelemetry(folder, rows);
    return [
      kernels(telemetry),
      fromParquet(telemetry),
      toParquet(telemetry),
      sevenDays(telemetry),
      await tsfresh(folder),
    ];
  },
};
