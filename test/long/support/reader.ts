/** The reading process of `watch-homes.ts`, as a test talks to it. */
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Home } from "./home.ts";

export type WatchMessage = { watch: Home } | { leave: string } | { end: true };

/** What the reader saw: how often it went round, how many files and versions it read, and what was wrong with them. */
export interface Seen {
  rounds: number;
  files: number;
  versions: number;
  wrong: string[];
}

export interface Reader {
  watch(home: Home): void;
  /** Has the home looked at once more, and no more after that: it can be removed then. */
  leave(home: Home): Promise<void>;
  end(): Promise<Seen>;
}

/** Starts it with the fingerprint of an undisturbed run, which is kept in a file below the folder. */
export function startReader(folder: string, whole: Readonly<Record<string, string>>): Reader {
  const file = `${folder}/fingerprint.json`;
  writeFileSync(file, JSON.stringify(whole));
  const child = fork(fileURLToPath(new URL("./watch-homes.ts", import.meta.url)), [file]);
  const send = (message: WatchMessage) => void child.send(message);
  const waiting = new Map<string, () => void>();
  let seen: Seen | undefined;
  child.on("message", (message: { left: string } | { seen: Seen }) => {
    if ("seen" in message) seen = message.seen;
    else waiting.get(message.left)?.();
  });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return {
    watch: (home) => send({ watch: home }),
    leave(home) {
      send({ leave: home.folder });
      return Promise.race([closed, new Promise<void>((resolve) => waiting.set(home.folder, resolve))]);
    },
    async end() {
      send({ end: true });
      await closed;
      if (seen === undefined) throw new Error("the reader did not end well");
      return seen;
    },
  };
}
