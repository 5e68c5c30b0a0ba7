/** Two processes at work on one registry, killed and started again at random, and all that they wrote down. */
import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { random } from "../../../src/core/random.ts";
import { openRegistry } from "../../../src/registry/registry.ts";
import { openStore } from "../../../src/stores/open-store.ts";
import { seenVersion } from "./registry-content.ts";
import { aliases, type FinalState, model, type Operation } from "./registry-operation.ts";

const worker = fileURLToPath(new URL("./registry-worker.ts", import.meta.url));

const LEAST_KILLS = 20;
const LONGEST_LIFE = 20;
const LONGEST_WAIT_MILLIS = 60;

export interface Storm {
  operations: Operation[];
  kills: number;
}

/** @param logs a folder, outside of the registry, for what the processes write down */
export async function registryStorm(place: string, logs: string, seconds: number, seed: number): Promise<Storm> {
  const clock = () => Number(process.hrtime.bigint() / 1000n);
  const began = clock();
  const until = began + seconds * 1e6;
  let kills = 0;
  const slot = async (name: string) => {
    const chance = random(seed, name);
    // A machine that is busy with other things takes longer.
    for (let life = 1; clock() < until || (kills < LEAST_KILLS && clock() < until + 9e6 * seconds); life++) {
      const log = join(logs, `${name}${life}.jsonl`);
      const child = fork(worker, [place, log, `${name}${life}`, String(began)]);
      const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
      // A life is as many operations long on a slow machine as on a quick one; its end comes somewhere in the last.
      let left = 1 + chance.integer(LONGEST_LIFE);
      const delay = chance.uniform() * chance.uniform() * LONGEST_WAIT_MILLIS;
      const lived = new Promise<void>((resolve) => child.on("message", () => --left === 0 && resolve()));
      await Promise.race([ended, lived.then(() => wait(delay))]);
      if (child.exitCode !== null) throw new Error(`a process of the registry ended by itself, see ${log}`);
      child.kill("SIGKILL");
      await ended;
      kills++;
    }
  };
  await Promise.all([slot("a"), slot("b")]);
  return { operations: readOperations(logs), kills };
}

/** The lines of an operation put together; the last line of a killed process may be cut off. */
function readOperations(logs: string): Operation[] {
  const operations = new Map<string, Operation>();
  for (const name of existsSync(logs) ? readdirSync(logs).sort() : []) {
    for (const line of readFileSync(join(logs, name), "utf8").split("\n").slice(0, -1)) {
      const part = JSON.parse(line) as Operation;
      operations.set(part.id, { ...operations.get(part.id), ...part } as Operation);
    }
  }
  return [...operations.values()].sort((a, b) => a.startedAt - b.startedAt);
}

/** Everything that the registry holds, read by a process that was not there. */
export async function finalState(place: string): Promise<FinalState> {
  const registry = openRegistry(await openStore(place));
  const numbers = (await registry.list()).find((entry) => entry.model === model)?.versions ?? [];
  const versions = [];
  const damaged = [];
  for (const number of numbers) {
    if ((await registry.verify(model, number)).passed)
      versions.push(seenVersion(await registry.readVersion(model, number)));
    else damaged.push(number);
  }
  const histories: Record<string, FinalState["histories"][string]> = {};
  for (const alias of aliases) histories[alias] = await registry.history(model, alias);
  return { versions, damaged, histories };
}
