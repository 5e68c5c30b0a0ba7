import assert from "node:assert/strict";
import { test } from "node:test";
import { runReal, unlessThere } from "./support/run-real.ts";

test("C-MAPSS FD001: the capped RMSE over the 100 test units is at most 13.0", {
  skip: unlessThere("cmapss"),
}, async (context) => {
  const { rows, metrics } = await runReal(context, "turbofan", { subset: "FD001" });
  const { rmse, rmseInterval, mae, nasaScore } = metrics["gbdt"];
  context.diagnostic(
    `FD001: RMSE ${rmse} (${rmseInterval?.join(" to ")}), MAE ${mae}, NASA score ${nasaScore}; schedule ${metrics["schedule"].rmse}`,
  );
  // 20,631 cycles less the last of each of the 100 training units, which is the failure itself.
  assert.deepEqual([rows.trained, rows.evaluated], [20_531, 100]);
  assert.ok(rmse !== null && rmse <= 13, `${rmse}`);
});
