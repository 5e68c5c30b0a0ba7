/** The share of readings further than so many population sds from the mean. */
import { populationSd } from "./shared";
import { valueAt, Window } from "./window";

export function fractionBeyondSigma(window: Window, sigmas: f64): f64 {
  const limit = sigmas * populationSd(window);
  let beyond: u32 = 0;
  for (let i: u32 = 0; i < window.count; i++) beyond += <u32>(abs<f64>(valueAt(window, i) - window.mean) > limit);
  return <f64>beyond / <f64>window.count;
}
