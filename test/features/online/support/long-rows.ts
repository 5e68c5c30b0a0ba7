/** Random fleets one after the other in time: a record much longer than any window. */
import fc from "fast-check";
import { LAST_CYCLE, type RandomRows, randomRows } from "../../support/random-fleet.ts";

const SEGMENT = LAST_CYCLE + 1;

export function longRows(segments: number): fc.Arbitrary<{ rows: RandomRows; last: number }> {
  return fc.array(randomRows(), { minLength: segments, maxLength: segments }).map((all) => ({
    rows: {
      ...all[0],
      telemetry: {
        fast: all.flatMap(({ telemetry }, i) => telemetry.fast.map((row) => shifted(row, i))),
        slow: all.flatMap(({ telemetry }, i) => telemetry.slow.map((row) => shifted(row, i))),
      },
      events: {
        errors: all.flatMap(({ events }, i) => events.errors.map((row) => shifted(row, i))),
        maintenance: all.flatMap(({ events }, i) => events.maintenance.map((row) => shifted(row, i))),
        failures: all.flatMap(({ events }, i) => events.failures.map((row) => shifted(row, i))),
      },
    },
    last: segments * SEGMENT,
  }));
}

function shifted<Row extends { time: number; knownAt?: number }>(row: Row, segment: number): Row {
  const { time, knownAt = time } = row;
  return { ...row, time: time + segment * SEGMENT, knownAt: knownAt + segment * SEGMENT };
}
