/** One process of the fuzzer: sends a range of inputs through one door and tells what became of them. */
import { writeSync } from "node:fs";
import { ForewarnError } from "../../src/core/errors.ts";
import { random } from "../../src/core/random.ts";
import { type OpenDoor, WrongResult } from "./door.ts";
import { doors } from "./doors.ts";

/** A range of inputs of one door, from `from` to before `to`. */
export interface Task {
  door: string;
  from: number;
  to: number;
}

export interface Failure {
  input: number;
  kind: "error" | "bug" | "wrong" | "message";
  text: string;
}

export interface Tally {
  /** Inputs by what became of them: a word of the door's, or the code of a refusal. */
  accepted: Record<string, number>;
  refused: Record<string, number>;
  failures: Failure[];
}

/** The input with a number, as the seed makes it. */
export async function makeInput(open: OpenDoor, seed: number, door: string, number: number) {
  return open.make(random(seed, `${door} ${number}`));
}

/** Answers tasks sent by the parent; before each input its number is written to the file descriptor 3. */
export async function serve(seed: number, folder: string): Promise<void> {
  const opened = new Map<string, OpenDoor>();
  process.on("message", async ({ door, from, to }: Task) => {
    let open = opened.get(door);
    if (open === undefined) {
      open = await doors.find(({ name }) => name === door)!.open(folder);
      opened.set(door, open);
    }
    const tally: Tally = { accepted: {}, refused: {}, failures: [] };
    for (let number = from; number < to; number++) {
      writeSync(3, `${number}\n`);
      await sendOne(open, seed, door, number, tally);
    }
    process.send?.(tally);
  });
  process.send?.("ready");
}

async function sendOne(open: OpenDoor, seed: number, door: string, number: number, tally: Tally): Promise<void> {
  const fail = (kind: Failure["kind"], text: string) => tally.failures.push({ input: number, kind, text });
  const count = (counts: Record<string, number>, key: string) => {
    counts[key] = (counts[key] ?? 0) + 1;
  };
  try {
    count(tally.accepted, await (await makeInput(open, seed, door, number)).send());
  } catch (error) {
    if (error instanceof WrongResult) fail("wrong", error.message);
    else if (!(error instanceof ForewarnError))
      fail("error", error instanceof Error ? String(error.stack) : String(error));
    else if (error.code.startsWith("BUG_")) fail("bug", `${error.code}: ${error.message}`);
    else if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(error.message) || error.message.length > 4_500)
      fail("message", error.message);
    else count(tally.refused, error.code);
  }
}
