// Runs test files beside one another on every processor: node's own default leaves one idle, which is half of a small machine.
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const options = ["--test", `--test-concurrency=${availableParallelism()}`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, options, { stdio: "inherit" });
process.exitCode = status ?? 1;
