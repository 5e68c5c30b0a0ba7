/** `runs/<run id>/`: everything about one run that is not the same in every run stands here and nowhere else. */
import { appendFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../core/json.ts";
import { storeError, systemCode, writeFileAtomic } from "../stores/atomic-file.ts";

export interface RunFolder {
  id: string;
  path: string;
  /** Appends one line to `log.jsonl`. */
  log(event: Record<string, unknown>): void;
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/**
 * Makes a new run folder; its id is the UTC time, the start of the plan id and, where that exists already, a number.
 * @throws SERVICE_STORE when it cannot be made.
 */
export async function createRunFolder(runs: string, plan: string, now: () => Date): Promise<RunFolder> {
  const stamp = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  await mkdir(runs, { recursive: true }).catch((error: unknown) => {
    throw storeError(error, runs);
  });
  for (let n = 1; ; n++) {
    const id = `${stamp}-${plan.slice(0, 8)}${n === 1 ? "" : `-${n}`}`;
    const path = join(runs, id);
    try {
      await mkdir(path);
    } catch (error) {
      if (systemCode(error) === "EEXIST") continue;
      throw storeError(error, path);
    }
    return {
      id,
      path,
      log: (event) =>
        appendFileSync(join(path, "log.jsonl"), `${canonicalJson({ time: now().toISOString(), ...event })}\n`),
      write: (name, content) => writeFileAtomic(join(path, name), content),
    };
  }
}
