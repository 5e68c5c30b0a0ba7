/** `runs/<run id>/`: everything about one run that is not the same in every run stands here and nowhere else. */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../core/json.ts";
import { storeError } from "../stores/atomic-file.ts";
import { makeFolder } from "../stores/make-folder.ts";
import { openStore } from "../stores/open-store.ts";
import { isRemote } from "../stores/place.ts";
import type { Store } from "../stores/store.ts";
import { systemCode } from "../stores/system-code.ts";

export interface RunFolder {
  id: string;
  /** The folder's path, or its address in blob storage. */
  path: string;
  /** Adds one line to `log.jsonl`, after those before it and without waiting for the store. */
  log(event: Record<string, unknown>): void;
  /** Waits until every line of the log is written. @throws what kept the first line that failed from being written */
  flush(): Promise<void>;
  write(name: string, content: string | Uint8Array): Promise<void>;
}

const LOG = "log.jsonl";

/**
 * Makes a new run folder; its id is the UTC time, the start of the plan id and, where that exists already, a number.
 * @param runs a folder, or a place in blob storage
 * @throws SERVICE_STORE or SERVICE_BLOB_* when it cannot be made.
 */
export async function createRunFolder(runs: string, plan: string, now: () => Date): Promise<RunFolder> {
  const stamp = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, "");
  const store = await openStore(runs);
  const take = isRemote(runs) ? takeRemote : takeLocal;
  for (let n = 1; ; n++) {
    const id = `${stamp}-${plan.slice(0, 8)}${n === 1 ? "" : `-${n}`}`;
    if (!(await take(store, id))) continue;
    const { log, flush } = lineQueue((text) => store.append(`${id}/${LOG}`, text));
    return {
      id,
      path: `${store.location}/${id}`,
      log: (event) => log(`${canonicalJson({ time: now().toISOString(), ...event })}\n`),
      flush,
      write: (name, content) => store.replace(`${id}/${name}`, content),
    };
  }
}

/** Of two runs that begin in one second, one creates the log and with it takes the id. */
async function takeRemote(store: Store, id: string): Promise<boolean> {
  return await store.createIfAbsent(`${id}/${LOG}`, new Uint8Array());
}

/** A folder is made by one alone on network mounts too, where a file is not. */
async function takeLocal(store: Store, id: string): Promise<boolean> {
  const path = join(store.location, id);
  try {
    await makeFolder(store.location);
    await mkdir(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST" && (await stat(store.location)).isDirectory()) return false;
    throw storeError(error, path);
  }
}

/** Lines that are appended in order; those that come while others are being written go together. */
function lineQueue(append: (text: string) => Promise<void>) {
  let waiting = "";
  let writing: Promise<void> | undefined;
  let failure: { error: unknown } | undefined;
  const write = async () => {
    while (waiting !== "" && failure === undefined) {
      const text = waiting;
      waiting = "";
      await append(text).catch((error: unknown) => {
        failure = { error };
      });
    }
    writing = undefined;
  };
  return {
    log(line: string) {
      waiting += line;
      writing ??= write();
    },
    async flush() {
      await writing;
      if (failure !== undefined) throw failure.error;
    },
  };
}
