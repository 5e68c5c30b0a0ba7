/** Alarms and failures counted per machine: all that costs, rates and their intervals need. */
import type { AlarmTable } from "./alarm-table.ts";
import type { AlarmCounts } from "./cost.ts";
import { continuesLast } from "./raise-alarms.ts";

/** The counts of each machine of the fleet; all 0 for one without evaluated rows. */
export function countAlarms(table: AlarmTable, raised: readonly number[]): AlarmCounts[] {
  const { events, rows, verdict, caughtFrom, caughtTo } = table;
  const counts = rows.machines.map(() => ({ failures: 0, caught: 0, trueAlarms: 0, falseAlarms: 0, calls: 0 }));
  for (const { machine, counted } of events) if (counted) counts[machine].failures++;
  // Alarms and events are in one order, and an alarm's range never begins before that of the one before it.
  let uncaught = 0;
  raised.forEach((row, i) => {
    const of = counts[rows.machine[row]];
    if (verdict[row] === "true") of.trueAlarms++;
    if (verdict[row] === "false") of.falseAlarms++;
    if (!continuesLast(table, raised, i)) of.calls++;
    for (uncaught = Math.max(uncaught, caughtFrom[row]); uncaught < caughtTo[row]; uncaught++) {
      if (events[uncaught].counted) of.caught++;
    }
  });
  return counts;
}

/** The counts of all machines together. */
export function sumCounts(counts: readonly AlarmCounts[]): AlarmCounts {
  const sum = { failures: 0, caught: 0, trueAlarms: 0, falseAlarms: 0, calls: 0 };
  for (const of of counts) {
    sum.failures += of.failures;
    sum.caught += of.caught;
    sum.trueAlarms += of.trueAlarms;
    sum.falseAlarms += of.falseAlarms;
    sum.calls += of.calls;
  }
  return sum;
}
