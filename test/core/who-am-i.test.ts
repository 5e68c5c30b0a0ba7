import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { test } from "node:test";
import { whoAmI } from "../../src/core/who-am-i.ts";

test("a user has its name", () => {
  assert.equal(whoAmI(), userInfo().username);
});

test("a user without a name is its number", { skip: process.getuid?.() !== 0 }, () => {
  const script = `const { whoAmI } = await import(${JSON.stringify(new URL("../../src/core/who-am-i.ts", import.meta.url))});
    process.setgid(54321); process.setuid(54321); process.stdout.write(whoAmI());`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  assert.equal(stdout, "uid 54321");
});
