/** How many readings lie beyond a level, and how long they do so at a stretch. */
import { isBeyond, levelOf } from "./level";
import { timeAt, Window } from "./window";

export function countBeyond(window: Window, parameters: usize, above: bool): f64 {
  const level = levelOf(window, parameters);
  let beyond: u32 = 0;
  for (let i: u32 = 0; i < window.count; i++) beyond += <u32>isBeyond(window, i, level, above);
  return <f64>beyond;
}

export function fractionBeyond(window: Window, parameters: usize, above: bool): f64 {
  return countBeyond(window, parameters, above) / <f64>window.count;
}

/** In readings. */
export function longestRunBeyond(window: Window, parameters: usize, above: bool): f64 {
  const level = levelOf(window, parameters);
  let run: u32 = 0;
  let longest: u32 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    run = isBeyond(window, i, level, above) ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return <f64>longest;
}

/** In units of time, from the first reading of a run to the next that is not beyond the level, or to the cutoff. */
export function longestTimeBeyond(window: Window, parameters: usize, above: bool): f64 {
  if (window.count == 0) return NaN;
  const level = levelOf(window, parameters);
  let start: f64 = NaN;
  let longest: f64 = 0;
  for (let i: u32 = 0; i <= window.count; i++) {
    const ended = i == window.count;
    const time = ended ? 0 : timeAt(window, i);
    if (!ended && isBeyond(window, i, level, above)) {
      if (start != start) start = time;
    } else {
      if (time - start > longest) longest = time - start;
      start = NaN;
    }
  }
  return longest / window.unit;
}
