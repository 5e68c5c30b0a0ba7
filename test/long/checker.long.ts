import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRegistryHistory } from "./support/check-registry-history.ts";
import type { FinalState, Operation } from "./support/registry-operation.ts";

const when = "2026-01-01T00:00:00.000Z";
const entry = (number: number, from: number | null, to: number, why: string) => ({
  ...{ entry: number, from, to },
  ...{ when, who: "a", why },
});

/** Two versions, an alias that was moved twice, and readers; nothing wrong. */
function history(): { operations: Operation[]; final: FinalState } {
  const versions = [
    { version: 1, digest: "d1", content: "c1" },
    { version: 2, digest: "d2", content: "c2" },
  ];
  const log = [entry(1, null, 1, "a3"), entry(2, 1, 2, "b1")];
  return {
    final: { versions, damaged: [], histories: { production: log } },
    operations: [
      { id: "a1", kind: "publish", content: "c1", startedAt: 1, endedAt: 4, gave: { version: 1, created: true } },
      { id: "a2", kind: "publish", content: "c2", startedAt: 5, endedAt: 8, gave: { version: 2, created: true } },
      { id: "a3", kind: "move", alias: "production", to: 1, startedAt: 9, endedAt: 12, gave: log[0] },
      { id: "b1", kind: "move", alias: "production", to: 2, startedAt: 13, endedAt: 16, gave: log[1] },
      { id: "b2", kind: "read", alias: "production", startedAt: 17, endedAt: 20, gave: { ...versions[1] } },
      { id: "b3", kind: "read", startedAt: 21, endedAt: 24, gave: { ...versions[1] } },
      {
        ...{ id: "b4", kind: "list", startedAt: 25, endedAt: 28 },
        gave: { versions: [1, 2], aliases: { production: 2 } },
      },
      { id: "b5", kind: "history", alias: "production", startedAt: 29, endedAt: 32, gave: [...log] },
      { id: "a4", kind: "publish", content: "c3", startedAt: 33 },
    ],
  };
}

/** What each fault is found as. */
const faults: Readonly<Record<string, (made: ReturnType<typeof history>) => void>> = {
  "acknowledged versions exist": ({ final }) => {
    final.versions = final.versions.slice(0, 1);
  },
  whole: ({ final }) => {
    final.damaged = [2];
  },
  "one number a content": ({ final }) => {
    final.versions = [...final.versions, { version: 3, digest: "d3", content: "c1" }];
  },
  "created once": ({ operations }) => {
    operations.push({ ...operations[0], id: "b6", startedAt: 40, endedAt: 41 });
  },
  "never changed": ({ operations }) => {
    operations[5].gave = { version: 2, digest: "d9", content: "c2" } as never;
  },
  "never before its time": ({ operations }) => {
    operations[1].startedAt = 25;
    operations[1].endedAt = 30;
  },
  "never lost": ({ operations }) => {
    operations[6].gave = { versions: [2], aliases: { production: 2 } } as never;
  },
  "the latest is the latest": ({ operations }) => {
    operations[5].gave = { version: 1, digest: "d1", content: "c1" } as never;
  },
  "errors that may be": ({ operations }) => {
    operations.push({ id: "b7", kind: "read", startedAt: 40, endedAt: 41, failed: "REGISTRY_SUM_MISMATCH" });
  },
  "numbers without a gap": ({ final }) => {
    final.histories = { production: [entry(1, null, 1, "a3"), entry(3, 1, 2, "b1")] };
  },
  "a linear log": ({ final }) => {
    final.histories = { production: [entry(1, null, 1, "a3"), entry(2, null, 2, "b1")] };
  },
  "one entry a move": ({ final }) => {
    final.histories = { production: [...final.histories["production"], entry(3, 2, 2, "b1")] };
  },
  "moved to what was asked": ({ operations }) => {
    Object.assign(operations[3], { to: 1 });
  },
  "acknowledged moves stay": ({ final }) => {
    final.histories = { production: final.histories["production"].slice(0, 1) };
  },
  "a look sees the last move or a later one": ({ operations }) => {
    operations[4].gave = { version: 1, digest: "d1", content: "c1" } as never;
  },
  "a history is the log so far": ({ operations }) => {
    operations[7].gave = [entry(1, null, 2, "a3")] as never;
  },
  "a history is of its time": ({ operations }) => {
    operations[7].gave = (operations[7].gave as never[]).slice(0, 1) as never;
  },
  "a move comes after those before it": ({ operations }) => {
    operations[3].startedAt = 1;
    operations[3].endedAt = 2;
  },
};

test("the checker of histories finds nothing in a good one", () => {
  const { operations, final } = history();
  const { violations, counts } = checkRegistryHistory(operations, final);
  assert.deepEqual(violations, []);
  assert.deepEqual(Object.keys(counts).length, Object.keys(faults).length - 2);
});

for (const [what, spoil] of Object.entries(faults)) {
  test(`the checker of histories finds a breach of "${what}"`, () => {
    const made = history();
    spoil(made);
    const { violations } = checkRegistryHistory(made.operations, made.final);
    assert.ok(
      violations.some((violation) => violation.startsWith(`${what}: `)),
      violations.join("\n"),
    );
  });
}
