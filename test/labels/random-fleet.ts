/** Arbitrary small fleets in cycles 0 to 30, with everything that can happen to a machine. */
import * as fc from "fast-check";
import type { Fleet } from "../../src/core/fleet.ts";
import { buildFleet, type EventRow } from "./build-fleet.ts";

const LAST = 30;
const machines = ["m1", "m2"];

export interface RandomFleet {
  fleet: Fleet;
  stale: number | undefined;
}

export function randomFleet(): fc.Arbitrary<RandomFleet> {
  const instant = fc.nat(LAST);
  const machine = fc.constantFrom(...machines);
  const component = fc.constantFrom("a", "b");
  const readings = fc.record({
    from: fc.nat(6),
    to: fc.integer({ min: 15, max: LAST }),
    lost: fc.array(instant, { maxLength: 12 }),
    silentFrom: instant,
    silentFor: fc.nat(10),
    delay: fc.constantFrom(0, 0, 0, 1, 3),
  });
  const event = fc.record({ machine, time: instant, kind: component });
  return fc
    .record({
      readings: fc.tuple(readings, readings),
      failures: fc.array(event, { maxLength: 5 }),
      /** Repairs at the failure's own instant or a little later, as well as replacements at any time. */
      repairs: fc.array(fc.record({ of: fc.nat(4), after: fc.nat(5) }), { maxLength: 4 }),
      replacements: fc.array(event, { maxLength: 3 }),
      downtime: fc.array(fc.record({ machine, time: instant, lasts: fc.nat(6) }), { maxLength: 2 }),
      retired: fc.option(fc.integer({ min: 10, max: LAST }), { freq: 4 }),
      runToFailure: fc.constantFrom(false, false, true),
      stale: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    })
    .map((given) => {
      const failures = unique(given.failures);
      const repairs = given.repairs
        .filter(({ of }) => of < failures.length)
        .map(({ of, after }) => ({ ...failures[of], time: failures[of].time + after }));
      const telemetry = Object.fromEntries(
        given.readings.map(({ from, to, lost, silentFrom, silentFor, delay }, i) => {
          const rows = [];
          for (let time = from; time <= to; time++) {
            const isSilent = time >= silentFrom && time < silentFrom + silentFor;
            if (time === from || (!lost.includes(time) && !isSilent)) rows.push({ time, knownAt: time + delay });
          }
          return [machines[i], rows];
        }),
      );
      const downtime = given.downtime.map(({ machine, time, lasts }) => ({ machine, time, end: time + lasts }));
      const fleet = buildFleet({
        telemetry: [telemetry],
        events: {
          failures,
          maintenance: unique([...repairs, ...given.replacements]),
          ...(downtime.length === 0 ? {} : { downtime }),
        },
        endsObservation: given.runToFailure ? ["failures"] : [],
        ...(given.retired === null ? {} : { retiredAt: { m1: given.retired } }),
      });
      return { fleet, stale: given.stale };
    });
}

function unique(rows: readonly EventRow[]): EventRow[] {
  return [...new Map(rows.map((row) => [`${row.machine} ${row.time} ${row.kind}`, row])).values()];
}
