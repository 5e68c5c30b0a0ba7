import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";
import { forewarn, root } from "../cli/support/forewarn.ts";

const pipeline = `
import { csv, definePipeline, failsWithin, parquet, rolling, rollingOrigin, scheduleRule, scheduleUsed } from "forewarn";

const event = { machine: "machine", time: "time" };

export default definePipeline({ sensor: "vibration" }, ({ sensor }) => ({
  name: "checked",
  telemetry: parquet("telemetry", { ...event, sensors: [sensor] }),
  events: {
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }) },
  every: "6h",
  features: [rolling(sensor, { over: "1d", stats: ["mean"] }), scheduleUsed("schedule")],
  label: failsWithin("2d", { of: "failures" }),
  split: rollingOrigin({ folds: 2, test: "20d" }),
  learners: [scheduleRule()],
}));
`;

test("the command says what it tried and ends with 0 where nothing leaks; --json is one document; --set overrides", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  // Only below the package does `forewarn` mean this package.
  const file = join(root, "build", "check", `${folder.slice(-6)}.ts`);
  await mkdir(join(root, "build", "check"), { recursive: true });
  await writeFile(file, pipeline);
  context.after(() => Promise.all([rm(folder, { recursive: true, force: true }), rm(file, { force: true })]));
  const data = join(folder, "data");
  await writeFleet(data, simulateFleet({ seed: 5, machines: 8, days: 100, every: "3h" }));
  const args = ["check", file, "--data", data, "--cache", join(folder, "cache"), "--trials", "6", "--seed", "2"];

  const text = await forewarn(args);
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^\n✓ features .*\n.*\n✓ labels .*\n✓ splits {4}2 folds: .*\n✓ fits .*\n.*in 4 fits /);
  assert.ok(text.stdout.endsWith("\nno leak found in 6 trials (seed 2)\n"), text.stdout);
  for (const line of text.stdout.split("\n")) assert.ok(line.length <= 80, line);
  assert.match(text.stderr, /features and labels: .* s\nfits of schedule: /);

  const json = await forewarn([...args, "--json", "--quiet", "--set", "sensor=temperature"]);
  assert.equal(json.code, 0, json.stderr);
  assert.equal(json.stderr, "");
  const report = JSON.parse(json.stdout);
  assert.deepEqual([report.trials, report.seed, report.fits, report.leaks], [6, 2, 4, []]);

  const wrong = await forewarn([...args.slice(0, -2), "--trials", "none"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /^USAGE_NUMBER: .*\n {2}in --trials\n/);
});
