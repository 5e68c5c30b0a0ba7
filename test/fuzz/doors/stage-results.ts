/** The doors for stage results: packed values and Arrow matrices, with the sum that was kept of them or one made anew. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../../../src/core/json.ts";
import { pack, unpack } from "../../../src/core/pack.ts";
import { matrixCodec } from "../../../src/pipeline/matrix-arrow.ts";
import { stageCache } from "../../../src/pipeline/stage-cache.ts";
import { type Door, WrongResult } from "../door.ts";
import { mutateBytes, pick } from "../mutate.ts";

const value = {
  rows: 3,
  names: ["a", "$b"],
  nan: Number.NaN,
  columns: [Float32Array.of(1, 2, 3), Float64Array.of(1, -0)],
  deep: { list: [null, true, "x"] },
};

export const packDoor: Door = {
  name: "pack",
  share: 80,
  async open() {
    const whole = pack(value);
    return {
      make(random) {
        const content = mutateBytes(random, whole, [whole]);
        return {
          content,
          async send() {
            pack(unpack(content));
            return "unpacks, and packs again";
          },
        };
      },
    };
  },
};

export const cacheDoor: Door = {
  name: "stage cache",
  share: 40,
  async open(folder) {
    const home = join(folder, "cache");
    await mkdir(home);
    const codec = matrixCodec("timestamp");
    const cutoffs = { machines: ["a", "b"], machine: Uint32Array.of(0, 1), cutoff: Float64Array.of(0, 5) };
    const arrow = codec.encode({ cutoffs, matrix: { rows: 2, names: ["v"], columns: [Float32Array.of(1, 2)] } });
    const results = [pack(value), arrow];
    return {
      make(random) {
        const whole = pick(random, results);
        const sum = new TextEncoder().encode(`${sha256(whole)}  result\n`);
        const both = random.integer(3);
        const content = both === 0 ? whole : mutateBytes(random, whole, results);
        const harmedSum = both === 1 ? sum : mutateBytes(random, sum, [sum]);
        return {
          content,
          async send() {
            await writeFile(join(home, "result"), content);
            await writeFile(join(home, "result.sha256"), harmedSum);
            const read = await stageCache(home).read("result");
            if (read === undefined) return "no result";
            if (!Buffer.from(read).equals(whole)) throw new WrongResult("a changed result was handed out");
            return "the result";
          },
        };
      },
    };
  },
};
