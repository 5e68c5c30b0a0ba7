/** Runs the processes of a benchmark in turn, holds their results together, and sums their figures up. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { BenchProcess, Measurement, PreparedWork } from "./bench.ts";
import { checkAlike } from "./check-alike.ts";

interface Figures {
  /** The median of `runs`. */
  seconds: number;
  /** Each run's seconds, in the order they were run. */
  runs: number[];
  /** The largest of all runs, in bytes. */
  peakMemory: number;
  version: string;
  /** Of a work that is one thing many times over: the medians of the runs. */
  microseconds?: Record<string, number>;
}

/** One work, ours beside its peers. */
export interface WorkResult {
  work: PreparedWork["work"];
  ours: Figures;
  peers: Record<string, Figures | { skipped: string }>;
  /** A peer's seconds over ours: above 1 we are faster. */
  ratio: Record<string, number>;
  /** Of a work that is more of an earlier one: our seconds over those of that one. */
  timeRatio?: number;
}

export interface BenchResult extends WorkResult {
  bench: string;
  machine: { processor: string; threads: number; memory: number; system: string; node: string };
  /** Where a bench has several works: each of them; `work` and `ours` are then of the first, `peers` and `ratio` of all. */
  works?: Record<string, WorkResult>;
}

export interface RunOptions {
  name: string;
  runs: number;
  /** Called before each process. */
  onProcess?: (name: string, run: number) => void;
}

const bench = fileURLToPath(new URL("../", import.meta.url));
const python = `${bench}.venv/bin/python`;

/** @throws Error when a process fails, or when two processes differ in their results: then no figure means anything. */
export async function runBench(works: readonly PreparedWork[], options: RunOptions): Promise<BenchResult> {
  const results: [string, WorkResult][] = [];
  for (const work of works) {
    const result = await runWork(work, options);
    const less = results.find(([name]) => name === work.moreOf)?.[1];
    const timeRatio = less && round(result.ours.seconds / less.ours.seconds);
    results.push([work.name, { ...result, ...(timeRatio !== undefined && { timeRatio }) }]);
  }
  const [[, first]] = results;
  return {
    bench: options.name,
    machine: thisMachine(),
    work: first.work,
    ours: first.ours,
    peers: Object.assign({}, ...results.map(([, { peers }]) => peers)),
    ratio: Object.assign({}, ...results.map(([, { ratio }]) => ratio)),
    ...(results.length > 1 && { works: Object.fromEntries(results) }),
  };
}

async function runWork({ work, ours, peers }: PreparedWork, options: RunOptions): Promise<WorkResult> {
  const skipped = Object.entries(peers).flatMap(([name, peer]) => skippedPeer(name, peer));
  const ready = Object.entries(peers).filter(([name]) => !skipped.some(([other]) => other === name));
  const processes = [["ours", ours] as const, ...ready].map(([name, process]) => ({
    name,
    process,
    measurements: [] as Measurement[],
  }));
  for (let run = 0; run < options.runs; run++) {
    for (const { name, process, measurements } of processes) {
      options.onProcess?.(name, run);
      const measurement = await runProcess(name, process);
      measurements.push(measurement);
      await checkEqual(name, measurement, processes[0].measurements);
    }
    await Promise.all(processes.map(({ measurements }) => rm(measurements[run].columns?.file ?? "", { force: true })));
  }
  const [ourFigures, ...peerFigures] = processes.map(({ measurements }) => summary(measurements));
  const figures = ready.map(([name], i) => [name, peerFigures[i]] as const);
  return {
    work,
    ours: ourFigures,
    peers: Object.fromEntries([...figures, ...skipped]),
    ratio: Object.fromEntries(figures.map(([name, { seconds }]) => [name, round(seconds / ourFigures.seconds)])),
  };
}

/** The peer's name and why it does not run; nothing where it does. */
function skippedPeer(name: string, { script, memoryNeeded = 0 }: BenchProcess): [string, { skipped: string }][] {
  const missing = script.endsWith(".py") && !existsSync(python);
  if (missing) return [[name, { skipped: "npm run bench:setup installs it" }]];
  if (memoryNeeded <= freemem()) return [];
  return [[name, { skipped: `needs ${Math.round(memoryNeeded / 1e6)} MB of free memory` }]];
}

async function runProcess(name: string, { script, input, environment }: BenchProcess): Promise<Measurement> {
  const command = script.endsWith(".py") ? python : process.execPath;
  const child = spawn(command, [`${bench}${script}`, JSON.stringify(input)], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(signal ?? code));
  });
  if (ended !== 0) throw new Error(`${name} (bench/${script}) ended with ${ended}`);
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as Measurement;
}

/** Against our own first run where something is counted or hashed, against our newest where numbers are compared: older files are gone. */
async function checkEqual(name: string, measurement: Measurement, ours: readonly Measurement[]): Promise<void> {
  const [{ checks }] = ours;
  if (!isDeepStrictEqual(measurement.checks, checks)) {
    throw new Error(
      `${name} has another result: ${JSON.stringify(measurement.checks)}; expected ${JSON.stringify(checks)}`,
    );
  }
  const expected = ours.at(-1)?.columns;
  if (measurement.columns !== undefined && expected !== undefined && measurement.columns !== expected)
    await checkAlike(name, measurement.columns, expected);
}

function summary(measurements: readonly Measurement[]): Figures {
  const runs = measurements.map(({ seconds }) => round(seconds));
  const peakMemory = Math.max(...measurements.map((measurement) => measurement.peakMemory));
  const [{ version, microseconds }] = measurements;
  const medians = Object.keys(microseconds ?? {}).map((name) => {
    return [name, round(median(measurements.map((measurement) => measurement.microseconds?.[name] ?? 0)))] as const;
  });
  return {
    seconds: round(median(runs)),
    runs,
    peakMemory,
    version,
    ...(microseconds && { microseconds: Object.fromEntries(medians) }),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function thisMachine(): BenchResult["machine"] {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    threads: availableParallelism(),
    memory: totalmem(),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}
