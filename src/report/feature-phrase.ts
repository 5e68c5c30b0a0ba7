/** What a feature column holds, in words, by the rules its name was made by. */
import type { RollingStatistic } from "../kernels/calls.ts";
import { durationInWords } from "./words.ts";

/** A rolling statistic over a window; `count` is also the number of events. */
const OVER_WINDOW: Readonly<Record<RollingStatistic | "limitExceeded", string>> = {
  mean: "mean over",
  sd: "standard deviation over",
  min: "lowest in",
  max: "highest in",
  range: "highest less lowest in",
  last: "newest in",
  slope: "slope over",
  count: "number in",
  limitExceeded: "share outside its limits in",
};

const ALONE: Readonly<Record<string, string>> = {
  limitMargin: "distance to the nearer limit",
  timeSince: "time since the last",
  usedSince: "use since the last",
};

/** `vibration_mean_6h` gives "vibration, mean over 6 h"; null where no rule knows the name. */
export function featurePhrase(name: string): string | null {
  const schedule = /^schedule_(.+)_used$/.exec(name);
  if (schedule !== null) return `${subject(schedule[1])}, share of its interval used`;
  const windowed = /^(.+)_([A-Za-z]+)_(\d+(?:d|h|m|s|ms|us|c))$/.exec(name);
  if (windowed !== null) {
    const [, of, statistic, window] = windowed;
    const length = durationInWords(window);
    if (Object.hasOwn(OVER_WINDOW, statistic))
      return `${subject(of)}, ${OVER_WINDOW[statistic as keyof typeof OVER_WINDOW]} ${length}`;
    if (statistic === "lag") return `${subject(of)}, ${length} ago`;
    if (statistic === "delta") return `${subject(of)}, change over ${length}`;
    return null;
  }
  const alone = /^(.+)_([A-Za-z]+)$/.exec(name);
  return alone === null || !Object.hasOwn(ALONE, alone[2]) ? null : `${subject(alone[1])}, ${ALONE[alone[2]]}`;
}

/** "errors_any" is of any kind; other underscores part words. */
function subject(name: string): string {
  return name.replace(/_any$/, " (any)").replaceAll("_", " ");
}
