import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { forewarn, root } from "./support/forewarn.ts";

test("a result that cannot be written is one clear error", { skip: !existsSync("/dev/full") }, async () => {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [join(root, "bin/forewarn.js"), "registry", "list"], {
    stdio: ["ignore", full, "pipe"],
  });
  let told = "";
  child.stderr?.on("data", (part) => {
    told += part;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 5, told);
  assert.match(told, /^SERVICE_STORE: .*full disk.*\n {2}in standard output\n {2}hint: .*\n$/);
});

test("an empty value, a place with one slash and a parameter named as an object's own part are mistakes", async () => {
  const places: [args: string[], code: string][] = [
    [["registry", "list", "--registry", ""], "USAGE_ARGUMENT"],
    [["registry", "list", "--registry", "az:/account/container"], "USAGE_STORE_PLACE"],
    [["plan", "pipelines/sample.ts", "--set", "__proto__=1"], "USAGE_PARAMETER_UNKNOWN"],
  ];
  for (const [args, code] of places) {
    const ended = await forewarn(args);
    assert.equal(ended.code, 2, ended.stderr);
    assert.ok(ended.stderr.startsWith(`${code}: `), ended.stderr);
  }
});
