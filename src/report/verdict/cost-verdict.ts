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
  const own = `It would have cost ${count(best.cost)}${range === null ? "" : ` (95 % interval ${range})`}${comparison}, in the unit of the costs given.`;
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

/** Decided by the interval of the difference, paired machine by machine: two intervals that overlap say nothing of it. */
function besideSchedule(best: LearnerMetrics, schedule: number, own: string): Verdict {
  const saves = schedule - (best.cost as number);
  if (saves === 0) {
    return { tone: "unproven", headline: "It costs as much as the schedule", sentences: [own] };
  }
  const saved = best.costSavedInterval;
  const [low, high] = saved ?? [Number.NaN, Number.NaN];
  const settled = saves > 0 ? low > 0 : high < 0;
  const caveats = settled ? [] : [doubt(interval(saved, count))];
  if (saves < 0) {
    const range = settled ? ` (95 % interval, compared machine by machine: ${count(-high)} to ${count(-low)})` : "";
    const more = `That is ${count(-saves)} more than the schedule${range}: as it stands, the schedule is the better choice.`;
    return { tone: "poor", headline: "The schedule is cheaper", sentences: [own, more], caveats };
  }
  const less = `Compared machine by machine, it saves ${count(saves)} (95 % interval ${count(low)} to ${count(high)}).`;
  return settled
    ? { tone: "good", headline: "Cheaper than the schedule", sentences: [own, less] }
    : { tone: "unproven", headline: "Cheaper than the schedule, but not beyond doubt", sentences: [own], caveats };
}

function doubt(saved: string | null): string {
  return saved === null
    ? "There is no interval of what is saved beside the schedule, so these data do not settle which is cheaper."
    : `What is saved beside the schedule, compared machine by machine, may be anything from ${saved} (95 % interval): these data do not settle which is cheaper.`;
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
