/** What a feature column holds, in words, by the rules its name was made by. */
import { statisticNames } from "../features/statistics/table.ts";
import type { RollingStatistic } from "../kernels/calls.ts";
import { durationInWords } from "./words.ts";

/** A rolling statistic over a window; `count` is also the number of events. */
const OVER_WINDOW = {
  mean: "mean over",
  sd: "standard deviation over",
  min: "lowest in",
  max: "highest in",
  range: "highest less lowest in",
  last: "newest in",
  slope: "slope over",
  count: "number in",
  sum: "sum over",
  first: "oldest in",
  rateRatio: "rate against the fleet's over",
  meanInterval: "mean interval in",
  lastInterval: "last interval in",
  lastKind: "the last in",
  difference: "difference over",
  ratio: "ratio over",
  correlation: "correlation over",
  covariance: "covariance over",
  limitExceededLow: "share below its limit in",
  limitExceededHigh: "share above its limit in",
  limitExceeded: "share outside its limits in",
} satisfies Record<RollingStatistic, string> & Record<string, string>;

const ALONE: Readonly<Record<string, string>> = {
  limitMargin: "distance to the nearer limit",
  timeSince: "time since the last",
  usedSince: "use since the last",
  difference: "difference",
  ratio: "ratio",
};

/** The patterns of the other statistics' columns, by name. Numbers may follow the name; where it ends with a level, the mean may too. */
const STATISTICS: readonly (readonly [string, RegExp])[] = statisticNames
  .filter((name) => !Object.hasOwn(OVER_WINDOW, name))
  .map((name) => {
    const level = /(?:Above|Below|crossingsOf)$/.test(name) ? "mean|" : "";
    return [name, new RegExp(`^(.+)_${name}((?:_(?:${level}to|of|m?\\d[0-9a-z]*))*)_(\\d+(?:d|h|m|s|ms|us|c))$`)];
  });

const MADE: readonly (readonly [string, string])[] = [
  ["_inMode", "against its operating mode"],
  ["_residual", "less what the others let expect"],
  ["_clipped", "held within its usual bounds"],
  ["_mahalanobis", "distance from healthy"],
  ["_frequency", "share of machines alike"],
];

/** `vibration_mean_6h` gives "vibration, mean over 6 h"; null where no rule knows the name. */
export function featurePhrase(name: string): string | null {
  const schedule = /^schedule_(.+)_used$/.exec(name);
  if (schedule !== null) return `${subject(schedule[1])}, share of its interval used`;
  const statistic = statisticPhrase(name);
  if (statistic !== null) return statistic;
  const windowed = /^(.+)_([A-Za-z]+)_(\d+(?:d|h|m|s|ms|us|c))$/.exec(name);
  if (windowed !== null) {
    const [, of, statistic, window] = windowed;
    const length = durationInWords(window);
    if (Object.hasOwn(OVER_WINDOW, statistic))
      return `${subject(of)}, ${OVER_WINDOW[statistic as keyof typeof OVER_WINDOW]} ${length}`;
    if (statistic === "lag") return `${subject(of)}, ${length} ago`;
    if (statistic === "delta") return `${subject(of)}, change over ${length}`;
  }
  return madePhrase(name);
}

/** `volt_meanAbsoluteChange_1d`, `volt_autocorrelation_3_1d`, `volt_q90_1d`. */
function statisticPhrase(name: string): string | null {
  const quantile = /^(.+)_q(\d+(?:_\d+)?)_(\d+[a-z]+)$/.exec(name);
  if (quantile !== null) {
    const [, of, share, window] = quantile;
    return `${subject(of)}, ${share.replace("_", ".")} % quantile over ${durationInWords(window)}`;
  }
  for (const [statistic, pattern] of STATISTICS) {
    const found = pattern.exec(name);
    if (found === null) continue;
    const [, of, options, window] = found;
    return `${subject(of)}, ${inWords(statistic)}${options.replaceAll("_", " ")} over ${durationInWords(window)}`;
  }
  return null;
}

/** `rootMeanSquare` as "root mean square". */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What is made of another feature, or says something of the last event or of the machine's mode. */
function madePhrase(name: string): string | null {
  const mode = /^mode_(\d+)$/.exec(name);
  if (mode !== null) return `in operating mode ${mode[1]}`;
  for (const [suffix, words] of MADE) {
    if (!name.endsWith(suffix) || name.length === suffix.length) continue;
    const of = name.slice(0, -suffix.length);
    return `${featurePhrase(of) ?? subject(of)}, ${words}`;
  }
  const alone = /^(.+)_([A-Za-z]+)$/.exec(name);
  return alone === null || !Object.hasOwn(ALONE, alone[2]) ? null : `${subject(alone[1])}, ${ALONE[alone[2]]}`;
}

/** "errors_any" is of any kind; other underscores part words. */
function subject(name: string): string {
  return name.replace(/_any$/, " (any)").replaceAll("_", " ");
}
