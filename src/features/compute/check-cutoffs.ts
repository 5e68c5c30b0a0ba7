/** Checks cutoffs at the door: what is wrong with one row must not become values of another. */
import { ForewarnError } from "../../core/errors.ts";
import type { Cutoffs } from "../../core/matrix.ts";

/** @throws DATA_LENGTH, DATA_MACHINE_UNKNOWN, DATA_INSTANT naming the row, counted from 0 */
export function checkCutoffs({ machines, machine, cutoff }: Cutoffs): void {
  if (machine.length !== cutoff.length) {
    throw new ForewarnError("DATA_LENGTH", {
      problem: "the columns of the cutoffs are not of one length",
      expected: `${machine.length} instants, one a machine`,
      found: String(cutoff.length),
      where: "cutoffs",
    });
  }
  for (let row = 0; row < cutoff.length; row++) {
    if (!Number.isInteger(machine[row]) || machine[row] < 0 || machine[row] >= machines.length) {
      throw new ForewarnError("DATA_MACHINE_UNKNOWN", {
        problem: "a cutoff is of a machine that is not among its machines",
        expected: machines.length === 0 ? "no cutoff, since there is no machine" : `0 to ${machines.length - 1}`,
        found: String(machine[row]),
        where: `cutoffs, row ${row}`,
      });
    }
    if (!Number.isSafeInteger(cutoff[row])) {
      throw new ForewarnError("DATA_INSTANT", {
        problem: "a cutoff is no instant",
        expected: "a whole number of microseconds since 1970, or of cycles",
        found: String(cutoff[row]),
        where: `cutoffs, row ${row}`,
      });
    }
  }
}
