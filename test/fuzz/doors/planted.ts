/** A door with faults planted in it, by which the fuzzer itself is tested; no run of all doors goes through it. */
import { ForewarnError } from "../../../src/core/errors.ts";
import { type Door, WrongResult } from "../door.ts";

/** Of the numbers that its inputs are, from 0 to 49, those that have a fault. */
export const faults = { crash: 7, hang: 13, wrong: 21, error: 33, bug: 40, message: 45 } as const;

export const plantedDoor: Door = {
  name: "planted",
  share: 0,
  async open() {
    return {
      make(random) {
        const number = random.integer(50);
        return {
          content: String(number),
          async send() {
            if (number === faults.crash) process.abort();
            if (number === faults.hang) for (;;);
            if (number === faults.wrong) throw new WrongResult("planted");
            if (number === faults.error) throw new TypeError("planted");
            if (number === faults.bug) throw new ForewarnError("BUG_PLANTED", { problem: "planted" });
            if (number === faults.message)
              throw Object.assign(new ForewarnError("DATA_PLANTED", { problem: "planted" }), { message: "\u001b[31m" });
            if (number % 2 === 0) throw new ForewarnError("DATA_PLANTED", { problem: "planted" });
            return "taken";
          },
        };
      },
    };
  },
};
