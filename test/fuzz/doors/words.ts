/** The door for short texts that mean something: durations, instants, places of stores, paths in stores, names of versions. */

import type { Random } from "../../../src/core/random.ts";
import { durationLength, durationName, instantName, parseInstant } from "../../../src/core/time.ts";
import { openRegistry } from "../../../src/registry/registry.ts";
import { resolvePlace } from "../../../src/stores/place.ts";
import { checkStorePath } from "../../../src/stores/store.ts";
import { type Door, WrongResult } from "../door.ts";
import { memoryStore } from "../memory-store.ts";
import { mutateText, pick } from "../mutate.ts";

const wordParts = [
  "24h",
  "1d",
  "0.5",
  "h",
  "d",
  "us",
  "c",
  "5c",
  "-",
  "+01:00",
  "2015-03-01",
  "T",
  " ",
  "06:00",
  "Z",
  "pumps",
  "@",
  "1",
  "production",
  "/",
  "aliases",
  "az://",
  "account/container",
  "?sig=",
];

/** A duration or an instant as it should be written, or nearly so. */
function sound(random: Random): string {
  const two = (below: number) => String(random.integer(below)).padStart(2, "0");
  if (random.integer(2) === 0)
    return `${random.integer(2_000)}${pick(random, ["", ".5", ".25"])}${pick(random, ["us", "ms", "s", "m", "h", "d", "c"])}`;
  const day = `${pick(random, ["1969", "2015", "2255", "1684", "9999"])}-${two(14)}-${two(33)}`;
  const time = `${pick(random, ["T", " "])}${two(25)}:${two(61)}${pick(random, ["", ":59", ":00.5", ":59.999999"])}`;
  return random.integer(3) === 0 ? day : `${day}${time}${pick(random, ["", "Z", "+01:00", "-23:59"])}`;
}

export const wordsDoor: Door = {
  name: "durations and names",
  share: 60,
  async open() {
    return {
      make(random) {
        const word = random.integer(2) === 0 ? sound(random) : mutateText(random, wordParts);
        const kind = pick(random, ["timestamp", "cycles"] as const);
        const base = pick(random, ["/srv", "az://account/container/models"]);
        const door = random.integer(5);
        return {
          content: word,
          async send() {
            if (door === 0) {
              const length = durationLength(word, kind);
              if (durationLength(durationName(length, kind), kind) !== length)
                throw new WrongResult("the name of a length means another");
              return "a length";
            }
            if (door === 1) {
              const instant = parseInstant(word, kind);
              if (parseInstant(instantName(instant, kind), kind) !== instant)
                throw new WrongResult("the name of an instant means another");
              return "an instant";
            }
            if (door === 2) checkStorePath(word);
            else if (door === 3) resolvePlace(base, word);
            else await openRegistry(memoryStore(new Map())).resolve(word);
            return "a path";
          },
        };
      },
    };
  },
};
