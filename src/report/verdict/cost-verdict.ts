/** What the model would have cost beside the schedule and beside nothing, and whether the data tell them apart. */
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, interval, plural } from "../format.ts";
import type { Verdict } from "./types.ts";

export function costVerdict(data: ReportData, best: LearnerMetrics): Verdict {
  if (!defined(best.cost)) return withoutCost(data, best);
  const schedule = best.costOfSchedule;
  const nothing = best.costWithoutModel;
  const range = interval(best.costInterval, count);
  const against = [
    defined(schedule) ? `${count(schedule)} with the schedule` : null,
    defined(nothing) ? `${count(nothing)} with no model` : null,
  ].filter((part) => part !== null);
  const comparison = against.length === 0 ? "" : ` against ${against.join(" and ")}`;
  const own = `It would have cost ${count(best.cost)}${range === null ? "" : ` (95 % interval ${range})`}${comparison}.`;
  if (defined(nothing) && best.cost > nothing) {
    return {
      tone: "poor",
      headline: "It costs more than having no model",
      sentences: [own, "As it stands it should not be used."],
    };
  }
  if (defined(schedule)) return besideSchedule(best, schedule, own);
  if (!defined(nothing))
    return { tone: "unproven", headline: "Its cost has nothing to be compared with", sentences: [own] };
  const clear = best.costInterval !== null && best.costInterval[1] < nothing;
  const caveat = clear
    ? []
    : ["The interval reaches that cost: these data do not settle whether the model saves anything."];
  return clear
    ? { tone: "good", headline: "Cheaper than having no model", sentences: [own] }
    : { tone: "unproven", headline: "Not shown to be cheaper than having no model", sentences: [own], caveats: caveat };
}

function besideSchedule(best: LearnerMetrics, schedule: number, own: string): Verdict {
  const cost = best.cost as number;
  const saved = best.costSavedInterval;
  const settled = saved !== null && (saved[0] > 0 || saved[1] < 0);
  const doubt =
    saved === null
      ? "Without an interval of the difference, these data do not settle which is cheaper."
      : `Machine by machine the difference lies between ${count(saved[0])} and ${count(saved[1])} (95 % interval): these data do not settle which is cheaper.`;
  const caveats = settled ? [] : [doubt];
  if (cost === schedule) {
    return { tone: "unproven", headline: "It costs as much as the schedule", sentences: [own] };
  }
  if (cost > schedule) {
    const more = `That is ${count(cost - schedule)} more than the schedule: as it stands, the schedule is the better choice.`;
    return { tone: "poor", headline: "The schedule is cheaper", sentences: [own, more], caveats };
  }
  return settled
    ? { tone: "good", headline: "Cheaper than the schedule", sentences: [own, savedSentence(saved)] }
    : { tone: "unproven", headline: "Cheaper than the schedule, but not beyond doubt", sentences: [own], caveats };
}

function savedSentence([low, high]: readonly [number, number]): string {
  return `Machine by machine that saves between ${count(low)} and ${count(high)} (95 % interval).`;
}

function withoutCost(data: ReportData, best: LearnerMetrics): Verdict {
  const why =
    data.costs === null
      ? "No costs were given, so the report cannot say whether the model pays."
      : "The cost is not defined on these data.";
  const headline =
    defined(best.caught) && defined(best.failures)
      ? `It caught ${count(best.caught)} of ${plural(best.failures, "failure")}; what that is worth is not known`
      : "What it is worth is not known";
  return { tone: "unproven", headline, sentences: [why] };
}
