import assert from "node:assert/strict";
import { test } from "node:test";
import { progressBar } from "../../src/cli/progress-bar.ts";

function drawn({ isTTY, quiet = false, columns }: { isTTY: boolean; quiet?: boolean; columns?: number }): string {
  let text = "";
  let now = 0;
  const output = { isTTY, columns, write: (part: string) => (text += part) };
  const bar = progressBar(output, () => now, quiet);
  bar.started("train gbdt");
  now = 1000;
  bar.progressed("train gbdt", 0.5);
  now = 1010;
  bar.progressed("train gbdt", 0.51);
  now = 2500;
  bar.ended("train gbdt", "done");
  bar.ended("evaluate", "reused");
  return text;
}

test("on a terminal a stage is one line that fills up, drawn at most every 80 ms", () => {
  const lines = drawn({ isTTY: true, columns: 100 }).split("\r\u001b[2K");
  assert.deepEqual(lines, [
    "",
    `train gbdt             ${"░".repeat(24)} `,
    `train gbdt             ${"█".repeat(12)}${"░".repeat(12)} 50 %`,
    `train gbdt             ${"█".repeat(24)} 2.5 s\n`,
    `evaluate               ${"█".repeat(24)} unchanged, kept from an earlier run\n`,
  ]);
});

test("elsewhere a finished stage is one plain line, and with quiet nothing is written", () => {
  assert.equal(drawn({ isTTY: false }), "train gbdt: 2.5 s\nevaluate: unchanged, kept from an earlier run\n");
  assert.equal(drawn({ isTTY: true, quiet: true }), "");
});

test("no line is as wide as the terminal, however narrow: the bar and the words shorten", () => {
  for (const columns of [20, 30, 40, 60, 80]) {
    for (const line of drawn({ isTTY: true, columns }).split("\r\u001b[2K")) {
      assert.ok(line.replace("\n", "").length < columns, `${columns}: ${line}`);
      if (line !== "") assert.match(line, /^(train|evalu)/);
    }
  }
  const last = drawn({ isTTY: true, columns: 80 }).split("\r\u001b[2K").at(-1);
  assert.equal(last, `evaluate               ${"█".repeat(24)} unchanged\n`);
});

test("stop ends the line of an open bar once, and nothing where none is open", () => {
  for (const [isTTY, expected] of [
    [true, "\n"],
    [false, ""],
  ] as const) {
    let text = "";
    const bar = progressBar({ isTTY, write: (part: string) => (text += part) }, () => 0, false);
    bar.stop();
    assert.equal(text, "");
    bar.started("load");
    text = "";
    bar.stop();
    bar.stop();
    assert.equal(text, expected);
  }
});
