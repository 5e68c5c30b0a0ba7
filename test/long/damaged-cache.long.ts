import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { type Random, random } from "../../src/core/random.ts";
import { smallFleet } from "../pipeline/support/small-fleet.ts";
import { filesIn, fingerprint, homeIn } from "./support/home.ts";

/** How many times a cache is damaged. */
const damages = Number(process.env["FOREWARN_DAMAGES"] ?? 96);
const seed = Number(process.env["FOREWARN_SEED"] ?? 1);

interface Damaged {
  cache: string;
  /** A file of the cache, its path and another one's. */
  file: string;
  other: string;
  chance: Random;
}

/** What a hand can do to a file of the cache. */
const hands: Readonly<Record<string, (damaged: Damaged) => void>> = {
  "a byte flipped": ({ file, chance }) => {
    const bytes = readFileSync(file);
    bytes[chance.integer(bytes.length)] ^= 1 << chance.integer(8);
    writeFileSync(file, bytes);
  },
  "cut off": ({ file, chance }) => truncateSync(file, chance.integer(readFileSync(file).length)),
  emptied: ({ file }) => writeFileSync(file, ""),
  "something after its end": ({ file }) => writeFileSync(file, "\n", { flag: "a" }),
  removed: ({ file }) => rmSync(file),
  "another file under its name": ({ file, other }) => cpSync(other, file),
  "swapped with another file": ({ file, other, cache }) => {
    renameSync(file, join(cache, "between"));
    renameSync(other, file);
    renameSync(join(cache, "between"), other);
  },
  "swapped with another file, sums and all": ({ file, other, cache }) => {
    const [one, two] = [file, other].map((path) => path.replace(/\.sha256$/, ""));
    for (const extension of ["", ".sha256"]) {
      renameSync(one + extension, join(cache, "between"));
      renameSync(two + extension, one + extension);
      renameSync(join(cache, "between"), two + extension);
    }
  },
  "the sum of rubbish that took its place": ({ file }) => {
    const result = file.replace(/\.sha256$/, "");
    writeFileSync(result, "rubbish");
    writeFileSync(`${result}.sha256`, execFileSync("sha256sum", ["/dev/null"]));
  },
  "a folder in its place": ({ file }) => {
    rmSync(file);
    mkdirSync(join(file, "x"), { recursive: true });
  },
  "a link to itself in another place": ({ file, cache }) => {
    renameSync(file, join(cache, "..", "moved"));
    symlinkSync(join(cache, "..", "moved"), file);
  },
  "a link to another file in its place": ({ file, other }) => {
    rmSync(file);
    symlinkSync(other, file);
  },
  "a link to nothing in its place": ({ file }) => {
    rmSync(file);
    symlinkSync("nowhere", file);
  },
  "a link to itself in its place": ({ file }) => {
    rmSync(file);
    symlinkSync(file, file);
  },
  "a pipe in its place": ({ file }) => {
    rmSync(file);
    execFileSync("mkfifo", [file]);
  },
  "a device in its place": ({ file }) => {
    rmSync(file);
    symlinkSync("/dev/zero", file);
  },
};

test("a cache damaged by hand gives the right result or one clear error, never a wrong one", async (context) => {
  const small = await smallFleet(context);
  const first = await small.run();
  const { cache, registry, runs } = small.places();
  const home = { ...homeIn(small.folder), cache, registry, runs };
  const whole = fingerprint(home, first.run);
  const kept = join(small.folder, "kept");
  cpSync(cache, kept, { recursive: true });
  const files = filesIn(kept);
  const outcomes = new Map<string, Map<string, number>>();
  const names = Object.keys(hands);
  for (let number = 0; number < damages; number++) {
    const chance = random(seed, `damage ${number}`);
    const name = names[number % names.length];
    const [file, other] = [chance.integer(files.length), 1 + chance.integer(files.length - 1)];
    const another = files[(file + other) % files.length];
    hands[name]({ cache, chance, file: join(cache, files[file]), other: join(cache, another) });
    const whence = `${name}: ${files[file]}, ${another}; seed ${seed}`;
    let outcome: string;
    try {
      const again = await small.run();
      outcome = again.stages.some(({ name: stage, status }) => stage !== "publish" && status === "done")
        ? "computed again"
        : "not needed";
      assert.deepEqual(
        { ...again, run: "", report: "", stages: [] },
        { ...first, run: "", report: "", stages: [] },
        whence,
      );
      const after = fingerprint(home, again.run);
      // What nothing reads may stay as it is; the sum of a removed result is such a thing.
      for (const path of Object.keys(after).filter((each) => !each.startsWith("cache/")))
        assert.equal(after[path], whole[path], `${whence}: ${path}`);
      if (outcome === "computed again") {
        const lasting = await small.run();
        assert.ok(
          lasting.stages.every(({ name: stage, status }) => stage === "publish" || status === "reused"),
          whence,
        );
      }
    } catch (error) {
      if (!(error instanceof ForewarnError)) throw error;
      assert.match(error.code, /^SERVICE_STORE(_NOT_A_FILE)?$/, `${whence}: ${error.code}`);
      assert.ok(error.details.where?.startsWith(cache), `${whence}: ${error.details.where}`);
      outcome = error.code;
    }
    const told = outcomes.get(name) ?? new Map<string, number>();
    outcomes.set(name, told.set(outcome, (told.get(outcome) ?? 0) + 1));
    rmSync(cache, { recursive: true });
    cpSync(kept, cache, { recursive: true });
  }
  for (const [name, told] of outcomes)
    context.diagnostic(`${name}: ${[...told].map(([outcome, count]) => `${outcome} ${count}`).join(", ")}`);
  assert.equal(readdirSync(join(registry, "small")).join(), "1,aliases");
});
