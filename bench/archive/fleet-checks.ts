/** What must be equal of sorted telemetry, whoever sorted it: the rows of each machine and the bytes of each column. */
import { createHash, type Hash } from "node:crypto";
import type { Fleet } from "../../src/core/fleet.ts";

/** The hashes of a fleet that comes in ranges of machines, one after the other. */
export async function fleetChecks(
  ranges: Iterable<Fleet> | AsyncIterable<Fleet>,
): Promise<Record<string, string | number>> {
  const columns = new Map<string, Hash>();
  const machine = createHash("sha256");
  let rows = 0;
  for await (const { machines, telemetry } of ranges) {
    const [{ offsets, time, sensors }] = telemetry;
    rows += time.length;
    machines.forEach((name, i) => {
      machine.update(`${name} ${offsets[i + 1] - offsets[i]}\n`);
    });
    for (const [name, values] of Object.entries({ time, ...sensors })) {
      const hash = columns.get(name) ?? createHash("sha256");
      columns.set(name, hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)));
    }
  }
  const hashes = [...columns].map(([name, hash]) => [name, hash.digest("hex")]);
  return { rows, machine: machine.digest("hex"), ...Object.fromEntries(hashes) };
}
