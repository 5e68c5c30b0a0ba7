/** How often the readings go from one side of a level to the other. */
import { isBeyond, levelOf } from "./level";
import { Window } from "./window";

export function crossingsOf(window: Window, parameters: usize): f64 {
  const level = levelOf(window, parameters);
  let crossings: u32 = 0;
  for (let i: u32 = 1; i < window.count; i++) {
    if (isBeyond(window, i, level, true) != isBeyond(window, i - 1, level, true)) crossings++;
  }
  return <f64>crossings;
}
