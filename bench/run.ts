/** `npm run -s bench -- <name> [--rows n] [--runs n] [--json]`: one benchmark, beside the peers that `npm run bench:setup` installs. */
import { mkdir, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Bench } from "./harness/bench.ts";
import { resultText } from "./harness/result-text.ts";
import { runBench } from "./harness/run-bench.ts";

const usage = "npm run -s bench -- <name> [--rows n] [--runs n] [--json]";
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: "string" }, runs: { type: "string" }, json: { type: "boolean", default: false } },
});
const names = await benchNames();
const [name] = positionals;

if (positionals.length !== 1 || !names.includes(name)) {
  const benches = await Promise.all(names.map(async (one) => `  ${one.padEnd(16)}${(await openBench(one)).about}`));
  process.stderr.write(`${usage}\n\n${benches.join("\n")}\n`);
  process.exitCode = 2;
} else {
  const bench = await openBench(name);
  const folder = fileURLToPath(new URL("../build/bench/", import.meta.url));
  await mkdir(folder, { recursive: true });
  const prepared = await bench.prepare({ folder, rows: wholeNumber("rows") });
  const result = await runBench(prepared, {
    name,
    runs: wholeNumber("runs") ?? bench.runs,
    onProcess: (one, run) => process.stderr.write(`${name}: run ${run + 1}, ${one}\n`),
  });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : resultText(result));
}

async function benchNames(): Promise<string[]> {
  const files = await readdir(new URL("./", import.meta.url));
  return files.flatMap((file) => (/^[a-z-]+\.ts$/.test(file) && file !== "run.ts" ? [file.slice(0, -3)] : [])).sort();
}

async function openBench(one: string): Promise<Bench> {
  return ((await import(`./${one}.ts`)) as { bench: Bench }).bench;
}

function wholeNumber(option: "rows" | "runs"): number | undefined {
  const text = values[option];
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new Error(`--${option} takes a whole number from 1 on: ${text}`);
  return Number(text);
}
