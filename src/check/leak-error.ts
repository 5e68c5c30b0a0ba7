/** The error that a check with leaks ends in. */
import { ForewarnError } from "../core/errors.ts";
import type { Leak } from "./leak.ts";

export function leakError(leaks: readonly Leak[]): ForewarnError {
  return new ForewarnError("DATA_LEAK", {
    problem: "something knows what it cannot know when it is used",
    expected: "no leak",
    found: leaks.length === 1 ? "1 leak" : `${leaks.length} leaks`,
    hint: "each is named above; until it is gone, figures look better than the model is",
  });
}
