/** An archive, and what a run over it leaves behind when nobody disturbs it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateFleet } from "../../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../../src/simulate/write-fleet.ts";
import { type Ended, fleetPipeline, runCommand } from "./command.ts";
import { fingerprint, type Home, homeIn, placeArguments } from "./home.ts";

export interface Undisturbed {
  /** The test's folder. */
  folder: string;
  data: string;
  /** The hashes of all that it left. */
  whole: Readonly<Record<string, string>>;
  /** How long it took, in ms. */
  millis: number;
  /** The arguments of the same run in another home. */
  runIn(home: Home): string[];
  /** A home of its own, by name. */
  home(name: string): Home;
}

/** Whoever can be told to clean up: a test's context, or `node:test` itself for a whole file. */
interface Cleaner {
  after(clean: () => Promise<void>): void;
}

/** Writes the archive and runs over it once. */
export async function undisturbedRun(context: Cleaner): Promise<Undisturbed> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-long-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const data = join(folder, "data");
  await writeFleet(data, simulateFleet({ seed: 5, machines: 12, days: 110, every: "3h" }));
  const home = (name: string) => homeIn(join(folder, name));
  const runIn = (place: Home) => [
    "run",
    fleetPipeline,
    ...["--data", data, "--threads", "1", "--json"],
    ...placeArguments(place),
  ];
  const startedAt = performance.now();
  const run = runOf(await runCommand(runIn(home("undisturbed"))));
  const millis = performance.now() - startedAt;
  return { folder, data, whole: fingerprint(home("undisturbed"), run), millis, runIn, home };
}

/** The id of the run that a command tells of in its JSON document. @throws unless it ended well */
export function runOf(ended: Ended): string {
  if (ended.code !== 0) throw new Error(`a run ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
  return (JSON.parse(ended.stdout) as { run: string }).run;
}
