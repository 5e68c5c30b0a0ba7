import assert from "node:assert/strict";
import { test } from "node:test";
import { rollingStatistics } from "../../src/kernels/calls.ts";
import { featurePhrase } from "../../src/report/feature-phrase.ts";
import { renderReport } from "../../src/report/render-report.ts";
import { parse } from "./page-text.ts";
import { goodReport } from "./sample-reports.ts";

test("a feature's name is put into words by the rules it was made by", () => {
  const phrases = {
    vibration_mean_6h: "vibration, mean over 6 h",
    motor_current_sd_3d: "motor current, standard deviation over 3 d",
    pressure_max_30m: "pressure, highest in 30 min",
    s11_slope_5c: "s11, slope over 5 cycles",
    volt_lag_1h: "volt, 1 h ago",
    volt_delta_12h: "volt, change over 12 h",
    volt_limitMargin: "volt, distance to the nearer limit",
    volt_limitExceeded_1d: "volt, share outside its limits in 1 d",
    errors_E12_count_2d: "errors E12, number in 2 d",
    errors_any_count_2d: "errors (any), number in 2 d",
    maintenance_seal_timeSince: "maintenance seal, time since the last",
    maintenance_any_usedSince: "maintenance (any), use since the last",
    volt_rootMeanSquare_1d: "volt, root mean square over 1 d",
    volt_meanAbsoluteChange_1d: "volt, mean absolute change over 1 d",
    volt_countAbove_100_1d: "volt, count above 100 over 1 d",
    volt_countAbove_mean_1d: "volt, count above mean over 1 d",
    volt_energyShare_4_of_4_1d: "volt, energy share 4 of 4 over 1 d",
    pump_energy_mean_1d: "pump energy, mean over 1 d",
    pump_peaks_3_max_1d: "pump peaks 3, highest in 1 d",
    motor_current_autocorrelation_3_1d: "motor current, autocorrelation 3 over 1 d",
    volt_q90_1d: "volt, 90 % quantile over 1 d",
    volt_q12_5_1d: "volt, 12.5 % quantile over 1 d",
    volt_mean_3h_residual: "volt, mean over 3 h, less what the others let expect",
    volt_mean_3h_inMode: "volt, mean over 3 h, against its operating mode",
    baseline_mahalanobis: "baseline, distance from healthy",
    mode_2: "in operating mode 2",
    schedule_bearing_used: "bearing, share of its interval used",
  };
  for (const [name, phrase] of Object.entries(phrases)) assert.equal(featurePhrase(name), phrase);
});

test("every rolling statistic has words", () => {
  for (const statistic of rollingStatistics) assert.match(featurePhrase(`x_${statistic}_1h`) ?? "", /^x, .+ 1 h$/);
});

test("a name no rule knows stays as it is", () => {
  for (const name of [
    "age",
    "power_kw",
    "model_other",
    "my_own_feature",
    "x_constructor_1h",
    "x_toString",
    "_mean_",
    "",
  ])
    assert.equal(featurePhrase(name), null);
});

test("the words stand above the code's name, and a name without words stands alone", () => {
  const data = goodReport();
  const importance = [
    { feature: "vibration_mean_24h", gain: 3 },
    { feature: "age", gain: 1 },
  ];
  const document = parse(renderReport({ ...data, curves: data.curves.map((curve) => ({ ...curve, importance })) }));
  const figure = [...document.querySelectorAll("figure")].at(-1);
  assert.deepEqual(
    [...(figure?.querySelectorAll("text") ?? [])].map((text) => text.textContent),
    ["vibration, mean over 24 h", "age", "vibration_mean_24h", "75 %", "25 %"],
  );
});
