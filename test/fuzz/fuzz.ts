/**
 * Fuzzes every door: `node test/fuzz/fuzz.ts --inputs 1000000 --seed 1`. Inputs run in child processes, so that a crash or a hang is told
 * of with the input that did it; what fails is saved as a file.
 */
import { fork } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { doors } from "./doors.ts";
import { type Failure, makeInput, serve, type Tally, type Task } from "./fuzz-child.ts";

export interface FuzzOptions {
  /** Inputs in all, shared out to the doors. */
  inputs: number;
  /** Default: 1. */
  seed?: number;
  /** The doors' names. Default: all. */
  only?: readonly string[];
  /** Child processes. Default: 2. */
  processes?: number;
  /** An input that takes longer hangs, in milliseconds. Default: 120,000, far above what a busy machine makes of it. */
  hangsAfter?: number;
  /** Where inputs that fail are saved. Default: nowhere. */
  save?: string;
  /** Called after each range of inputs with those done so far. */
  onProgress?: (done: number) => void;
}

export interface DoorResult extends Omit<Tally, "failures"> {
  door: string;
  inputs: number;
  failures: (Omit<Failure, "kind"> & { kind: Failure["kind"] | "crash" | "hang" })[];
}

/** Inputs given to a process at a time. */
const RANGE = 250;

/** What became of the inputs, a result a door. */
export async function fuzz(options: FuzzOptions): Promise<DoorResult[]> {
  const { inputs, seed = 1, only, processes = 2, hangsAfter = 120_000, save, onProgress } = options;
  const chosen = doors.filter(({ name, share }) => (only === undefined ? share > 0 : only.includes(name)));
  const shares = chosen.reduce((sum, { share }) => sum + share, 0) || chosen.length;
  const results = chosen.map(({ name, share }): DoorResult => {
    return {
      door: name,
      inputs: Math.ceil((inputs * (share || 1)) / shares),
      accepted: {},
      refused: {},
      failures: [],
    };
  });
  const tasks = results.flatMap(({ door, inputs: total }) =>
    Array.from({ length: Math.ceil(total / RANGE) }, (_, i): Task => {
      return { door, from: i * RANGE, to: Math.min((i + 1) * RANGE, total) };
    }),
  );
  const folder = await mkdtemp(join(tmpdir(), "forewarn-fuzz-"));
  let done = 0;
  try {
    await Promise.all(Array.from({ length: processes }, (_, i) => work(join(folder, String(i)))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (save !== undefined) await saveFailures(results, seed, save);
  return results;

  async function work(own: string): Promise<void> {
    mkdirSync(own);
    let child: Child | undefined;
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      child ??= await startChild(own, seed, hangsAfter);
      const ended = await child.run(task);
      const result = results.find(({ door }) => door === task?.door)!;
      if ("died" in ended) {
        child = undefined;
        result.failures.push({ input: ended.input, kind: ended.died, text: ended.text });
        // What the dead process had counted is lost with it; all but the input that killed it run again.
        tasks.unshift({ ...task, to: ended.input }, { ...task, from: ended.input + 1 });
        continue;
      }
      add(result.accepted, ended.accepted);
      add(result.refused, ended.refused);
      result.failures.push(...ended.failures);
      done += task.to - task.from;
      onProgress?.(done);
    }
    child?.stop();
  }
}

interface Child {
  run(task: Task): Promise<Tally | { died: "crash" | "hang"; input: number; text: string }>;
  stop(): void;
}

async function startChild(folder: string, seed: number, hangsAfter: number): Promise<Child> {
  const progress = join(folder, "progress");
  const file = openSync(progress, "w");
  const errors = openSync(join(folder, "errors"), "w");
  const forked = fork(fileURLToPath(import.meta.url), ["--serve", folder, "--seed", String(seed)], {
    stdio: ["ignore", "ignore", errors, file, "ipc"],
    cwd: folder,
  });
  closeSync(file);
  closeSync(errors);
  const current = () => Number(readFileSync(progress, "utf8").trimEnd().split("\n").at(-1));
  let exited: ((died: "crash") => void) | undefined;
  forked.on("exit", () => exited?.("crash"));
  // A door that does not open is a fault of the fuzzer's, and must not be waited for.
  await new Promise<void>((resolve, reject) => {
    const fail = (code: number | null) =>
      reject(new Error(`a door did not open (${code}): ${readFileSync(join(folder, "errors"), "utf8")}`));
    forked.once("exit", fail);
    forked.once("message", () => {
      forked.off("exit", fail);
      resolve();
    });
  });
  return {
    async run(task) {
      let watch: NodeJS.Timeout | undefined;
      const outcome = await new Promise<Tally | "crash" | "hang">((resolve) => {
        exited = resolve;
        forked.once("message", (tally: Tally) => resolve(tally));
        let seen = readFileSync(progress).length;
        let since = performance.now();
        watch = setInterval(
          () => {
            const now = readFileSync(progress).length;
            if (now !== seen) [seen, since] = [now, performance.now()];
            else if (performance.now() - since > hangsAfter) resolve("hang");
          },
          Math.min(2_000, hangsAfter / 4),
        );
        if (forked.connected) forked.send(task);
        else resolve("crash");
      });
      clearInterval(watch);
      exited = undefined;
      if (typeof outcome !== "string") return outcome;
      forked.kill("SIGKILL");
      const text = readFileSync(join(folder, "errors"), "utf8").slice(-2_000);
      return { died: outcome, input: Math.max(task.from, Math.min(current(), task.to - 1)), text };
    },
    stop: () => forked.disconnect(),
  };
}

function add(total: Record<string, number>, more: Record<string, number>): void {
  for (const [key, count] of Object.entries(more)) total[key] = (total[key] ?? 0) + count;
}

async function saveFailures(results: readonly DoorResult[], seed: number, save: string): Promise<void> {
  for (const { door, failures } of results) {
    if (failures.length === 0) continue;
    const folder = await mkdtemp(join(tmpdir(), "forewarn-fuzz-"));
    const open = await doors.find(({ name }) => name === door)!.open(folder);
    mkdirSync(save, { recursive: true });
    for (const { input, kind, text } of failures) {
      const name = `${door.replaceAll(" ", "-")}-${seed}-${input}`;
      writeFileSync(join(save, name), (await makeInput(open, seed, door, input)).content);
      writeFileSync(join(save, `${name}.txt`), `${kind}: ${text}\n`);
    }
    await rm(folder, { recursive: true, force: true });
  }
}

/** A line a door: inputs, those taken by what became of them, those refused by code, and what failed. */
export function resultTable(results: readonly DoorResult[]): string {
  const counts = (of: Record<string, number>) =>
    Object.entries(of)
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => `${key} ${count}`)
      .join(", ");
  const sum = (of: Record<string, number>) => Object.values(of).reduce((total, count) => total + count, 0);
  const of = (result: DoorResult, ...kinds: string[]) =>
    result.failures.filter(({ kind }) => kinds.includes(kind)).length;
  const heads = ["door", "inputs", "accepted", "refused", "crashes", "hangs", "wrong", "other errors"];
  const rows = results.map((result) => [
    result.door,
    result.inputs,
    sum(result.accepted),
    sum(result.refused),
    of(result, "crash"),
    of(result, "hang"),
    of(result, "wrong"),
    of(result, "error", "bug", "message"),
  ]);
  const total = ["all", ...heads.slice(1).map((_, i) => rows.reduce((all, row) => all + Number(row[i + 1]), 0))];
  const lines = [heads, ...rows, total].map((row) =>
    row.map((cell, i) => (i === 0 ? String(cell).padEnd(22) : String(cell).padStart(12))).join(""),
  );
  const details = results.map(
    ({ door, accepted, refused }) =>
      `${door}\n  accepted: ${counts(accepted) || "none"}\n  refused: ${counts(refused) || "none"}`,
  );
  return [...lines, "", ...details].join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: "20000" },
      seed: { type: "string", default: "1" },
      door: { type: "string", multiple: true },
      processes: { type: "string", default: "2" },
      save: { type: "string", default: "build/fuzz" },
      serve: { type: "string" },
    },
  });
  if (values.serve !== undefined) await serve(Number(values.seed), values.serve);
  else {
    const results = await fuzz({
      inputs: Number(values.inputs),
      seed: Number(values.seed),
      only: values.door,
      processes: Number(values.processes),
      save: values.save,
      onProgress: (done) => process.stderr.write(`\r${done} inputs`),
    });
    process.stderr.write("\n");
    console.log(resultTable(results));
    for (const { door, failures } of results)
      for (const { input, kind, text } of failures.slice(0, 20))
        console.log(`\n${door}, input ${input}: ${kind}\n${text.slice(0, 1_000)}`);
    process.exitCode = results.some(({ failures }) => failures.length > 0) ? 1 : 0;
  }
}
