import assert from "node:assert/strict";
import { test } from "node:test";
import { threadCount, wholeNumber } from "../../src/cli/options.ts";
import { knownError } from "../../src/cli/print-error.ts";
import { ForewarnError } from "../../src/core/errors.ts";
import { forewarn } from "./support/forewarn.ts";

test("wrong usage is told in the words of the command that was called", async () => {
  const cases: [args: string[], first: RegExp, hint: RegExp][] = [
    [["rnu", "a.ts"], /USAGE_COMMAND: there is no such command.*found rnu/, /did you mean `run`\? forewarn --help/],
    [["--json"], /USAGE_COMMAND: a command is missing/, /forewarn --help/],
    [["run", "a.ts", "--dat", "x"], /USAGE_OPTION: .*found --dat$/m, /did you mean `--data`\? forewarn run --help/],
    [["run", "a.ts", "--no-data"], /USAGE_OPTION: .*found --no-data$/m, /forewarn run --help/],
    [["run", "a.ts", "b.ts"], /USAGE_ARGUMENT: `run` takes no such argument; .*found b\.ts/, /forewarn run --help/],
    [["run"], /USAGE_ARGUMENT: .*expected forewarn run <pipeline>/, /forewarn run --help/],
    [["score"], /USAGE_ARGUMENT: `score` needs --model and --data/, /forewarn score --help/],
    [["run", "a.ts", "--data"], /USAGE_ARGUMENT: --data needs a value/, /forewarn run --help/],
    [["registry", "list", "x"], /USAGE_REGISTRY: registry list takes no model.*found x/, /registry show x/],
    [["registry", "show", "x", "y"], /USAGE_REGISTRY: registry show takes no alias.*found y/, /registry --help/],
    [["registry", "lst"], /USAGE_REGISTRY: .*found lst/, /did you mean `list`/],
  ];
  for (const [args, first, hint] of cases) {
    const { code, stderr, stdout } = await forewarn(args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, first);
    assert.match(stderr.split("\n").find((line) => line.startsWith("  hint: ")) ?? "", hint);
  }
});

test("without a command the help goes to stderr, with code 2 and nothing else", async () => {
  const help = await forewarn(["--help"]);
  const { code, stderr, stdout } = await forewarn([]);
  assert.deepEqual({ code, stdout, stderr: stderr.trim() }, { code: 2, stdout: "", stderr: help.stdout.trim() });
});

test("of an option given twice the last counts", async () => {
  const { code, stderr } = await forewarn(["plan", "pipelines/sample.ts", "--data", "one", "--data", "other"]);
  assert.equal(code, 3);
  assert.match(stderr, /DATA_FOLDER_MISSING: .*other$/m);
});

test("an option that needs a number says which numbers it takes", async () => {
  const refused = (where: string) => (error: unknown) =>
    error instanceof ForewarnError && error.code === "USAGE_NUMBER" && error.details.where === where;
  for (const text of ["-3", "abc", "", "1.5", "1e3", "2000"])
    assert.throws(() => threadCount(text), refused("--threads"));
  assert.equal(threadCount("3"), 3);
  assert.ok(threadCount("0") >= 1);
  assert.equal(
    wholeNumber("9007199254740991", { option: "seed", least: 0, most: Number.MAX_SAFE_INTEGER }),
    2 ** 53 - 1,
  );
  const { code, stderr } = await forewarn(["simulate", "nowhere", "--seed", "x"]);
  assert.equal(code, 2);
  assert.match(stderr, /USAGE_NUMBER: .*expected a whole number from 0, found "x"\n {2}in --seed/);
});

test("a place below a file, or a disk that refuses, is no bug of ours: the path, what to do, code 5", async () => {
  for (const place of ["runs", "cache"]) {
    const below = `${import.meta.filename}/x`;
    const { code, stderr } = await forewarn(["run", "pipelines/sample.ts", `--${place}`, below, "--quiet"]);
    assert.equal(code, 5, stderr);
    assert.match(stderr, /^SERVICE_STORE: /);
    assert.match(stderr, /hint: name another folder/);
    assert.ok(stderr.includes(below));
  }
  for (const code of ["EACCES", "ENOSPC", "ENOTDIR", "EROFS", "EISDIR"]) {
    const known = knownError(Object.assign(new Error(code), { code, syscall: "open", path: "/some/where" }));
    assert.equal(known?.exitCode, 5);
    assert.equal(known?.details.where, "/some/where");
    assert.match(known?.details.found ?? "", new RegExp(code));
    assert.notEqual(known?.details.hint, undefined);
  }
  assert.equal(knownError(new TypeError("ours")), undefined);
});
