/**
 * A store in memory for several simulated processes, whose steps happen in an order that chance decides: a listing that goes on while
 * files are created may show them or not, as a folder's does, and a process can die between any two steps.
 */
import { compareBytes } from "../../../src/core/order.ts";
import type { Random } from "../../../src/core/random.ts";
import type { Store } from "../../../src/stores/store.ts";

export interface Shuffle {
  /** The store as one process sees it. */
  storeOf(process: string): Store;
  /** The store without any other process. */
  quiet: Store;
  /** The process takes no further step. */
  kill(process: string): void;
  /** Takes steps, one at a time, until no process waits for one. */
  run(): Promise<void>;
  /** The number of steps taken. */
  now(): number;
}

async function unneeded(): Promise<never> {
  throw new Error("a registry does without this");
}

export function shuffledStore(chance: Random): Shuffle {
  const files = new Map<string, Uint8Array>();
  const dead = new Set<string>();
  let waiting: { process: string; go: () => void }[] = [];
  let steps = 0;
  const below = (folder: string) => [...files.keys()].filter((path) => folder === "" || path.startsWith(`${folder}/`));

  const storeWith = (step: () => Promise<void>): Store => ({
    location: "memory",
    async list(folder) {
      await step();
      const before = new Set(below(folder));
      await step();
      return below(folder)
        .filter((path) => before.has(path) || chance.uniform() < 0.5)
        .sort(compareBytes);
    },
    async files(folder) {
      return (await this.list(folder)).map((path) => ({ path, bytes: files.get(path)!.length, etag: path }));
    },
    leftovers: async () => [],
    async read(path) {
      await step();
      return files.get(path);
    },
    async createIfAbsent(path, content) {
      await step();
      const absent = !files.has(path);
      if (absent) files.set(path, content);
      await step();
      return absent;
    },
    readRange: unneeded,
    replace: unneeded,
    append: unneeded,
  });

  return {
    quiet: storeWith(async () => {}),
    storeOf: (process) => storeWith(() => new Promise((go) => waiting.push({ process, go }))),
    kill: (process) => void dead.add(process),
    now: () => steps,
    async run() {
      for (;;) {
        // Whoever was let go comes to its next step first.
        await new Promise((resolve) => setImmediate(resolve));
        waiting = waiting.filter(({ process }) => !dead.has(process));
        if (waiting.length === 0) return;
        steps++;
        waiting.splice(chance.integer(waiting.length), 1)[0].go();
      }
    },
  };
}
