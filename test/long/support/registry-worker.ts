/**
 * A process that publishes, moves aliases and reads, until it is killed, and writes down what it asked and got; it tells its parent of each
 * beginning. Arguments: the registry's place, the log, the process's name, the instant (monotonic microseconds) at which the test began.
 */
import { appendFileSync } from "node:fs";
import { ForewarnError } from "../../../src/core/errors.ts";
import { random } from "../../../src/core/random.ts";
import { openRegistry } from "../../../src/registry/registry.ts";
import { openStore } from "../../../src/stores/open-store.ts";
import { contentFiles, seenVersion } from "./registry-content.ts";
import { aliases, model, type Operation } from "./registry-operation.ts";

const [place, log, name, began] = process.argv.slice(2);
const registry = openRegistry(await openStore(place));
const chance = random(Number(began) % 2 ** 31, name);
const clock = () => Number(process.hrtime.bigint() / 1000n);
const write = (line: object) => appendFileSync(log, `${JSON.stringify(line)}\n`);
let count = 0;

for (;;) {
  const asked = next();
  const id = `${name}-${++count}`;
  const startedAt = clock();
  write({ id, startedAt, ...asked });
  process.send?.("begun");
  try {
    const gave = await carryOut(asked, id);
    write({ id, endedAt: clock(), gave });
  } catch (error) {
    const failed = error instanceof ForewarnError ? error.code : String(error);
    write({ id, endedAt: clock(), failed, detail: error instanceof ForewarnError ? error.message : undefined });
  }
}

type Distributed<T> = T extends unknown ? Omit<T, "id" | "startedAt"> : never;
type Asked = Distributed<Operation>;

/** What to do next. The processes publish the same few contents at the same time, and newer ones as time goes by. */
function next(): Asked {
  const alias = aliases[chance.integer(aliases.length)];
  const share = chance.uniform();
  if (share < 0.4)
    return { kind: "publish", content: `c${Math.floor((clock() - Number(began)) / 250_000) + chance.integer(3)}` };
  if (share < 0.6) return { kind: "move", alias, to: 0 };
  if (share < 0.67) return { kind: "rollback", alias };
  if (share < 0.77) return { kind: "read", alias };
  if (share < 0.84) return { kind: "read" };
  return share < 0.92 ? { kind: "list" } : { kind: "history", alias };
}

async function carryOut(asked: Asked, id: string): Promise<unknown> {
  const by = { model, now: new Date(), who: name, why: id };
  switch (asked.kind) {
    case "publish": {
      const { content } = asked;
      const files = contentFiles(content);
      const { version, created } = await registry.publish({ ...by, files, manifest: { content }, run: id });
      return { version, created };
    }
    case "move": {
      const listed = (await registry.list()).find((entry) => entry.model === model)?.versions;
      const versions = listed ?? [(await registry.resolve(model)).version];
      const to = versions[chance.integer(versions.length)];
      write({ id, to });
      return await registry.moveAlias({ ...by, alias: asked.alias, to });
    }
    case "rollback":
      return await registry.rollback({ ...by, alias: asked.alias });
    case "read": {
      const { version } = await registry.resolve(asked.alias === undefined ? model : `${model}@${asked.alias}`);
      return seenVersion(await registry.readVersion(model, version));
    }
    case "list": {
      const entry = (await registry.list()).find((each) => each.model === model);
      if (entry !== undefined && entry.damaged.length > 0) throw new Error(`listed as damaged: ${entry.damaged}`);
      return { versions: entry?.versions ?? [], aliases: entry?.aliases ?? {} };
    }
    case "history":
      return await registry.history(model, asked.alias);
  }
}
