/** What alarms and missed failures cost, in the currency of the costs given. */
import type { Costs } from "./predictions.ts";

/** How a learner's alarms are paid for: each by its verdict, or (the schedule) each replacement it calls for. */
export type Policy = "alarms" | "schedule";

export interface AlarmCounts {
  /** Failures counted, and those among them that were caught; the others are late or missed. */
  failures: number;
  caught: number;
  trueAlarms: number;
  falseAlarms: number;
  /** Alarms that do not merely continue one that lapsed: each is one call for a replacement. */
  calls: number;
}

/**
 * A true alarm costs `planned`, a false one `falseAlarm`, a missed or late failure `missed`; a late alarm and one that a planned
 * replacement ended cost nothing more. The schedule pays `planned` for each replacement it calls for, whatever comes of it.
 */
export function costOf(counts: AlarmCounts, { missed, falseAlarm, planned }: Costs, policy: Policy): number {
  const paid =
    policy === "schedule" ? planned * counts.calls : planned * counts.trueAlarms + falseAlarm * counts.falseAlarms;
  return paid + missed * (counts.failures - counts.caught);
}
