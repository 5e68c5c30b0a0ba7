import assert from "node:assert/strict";
import { test } from "node:test";
import { pack } from "../../../src/core/pack.ts";
import { featurizerHash, featurizerOf } from "../../../src/features/featurizer.ts";
import { countOf, fleetFromRows, rolling } from "../../../src/features/index.ts";
import { onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import { restoreOnlineFeaturizer } from "../../../src/features/online/restore.ts";
import { encodeState } from "../../../src/features/online/state-file.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";

const fleet = fleetFromRows({
  telemetry: [{ machine: "m", time: 0, volt: 1 }],
  events: { errors: [{ machine: "m", time: 0, kind: "e" }] },
});

function featurizer(over: string) {
  const plan = planFeatures(
    [rolling("volt", { over, stats: "sum" }), countOf("errors", { over })],
    describeFleet(fleet),
  );
  return featurizerOf(
    plan,
    plan.rawNames.map((name) => ({ from: "raw", name })),
  );
}

const own = featurizer("3h");

function saved(): Uint8Array {
  const online = onlineFeaturizer(own, { late: "2h", tooLate: "drop" });
  online.addReading({ machine: "m", time: "2020-01-01T00:00:00Z", volt: 1 });
  online.addReading({ machine: "m", time: "2020-01-01T01:00:00Z", volt: 2 });
  online.addEvent("errors", { machine: "m", time: "2020-01-01T01:30:00Z", kind: "e" });
  online.addReading({ machine: "m", time: "2019-01-01", volt: 2 });
  return online.save();
}

test("a restored featurizer goes on with its rows, its options and its counts", () => {
  const online = restoreOnlineFeaturizer(own, saved());
  assert.equal(online.dropped, 1);
  assert.deepEqual([...online.featuresAt("m", "2020-01-01T01:30:00Z")], [3, 1, 1]);
  assert.equal(online.addReading({ machine: "m", time: "2019-12-31", volt: 2 }), false);
  assert.throws(() => online.addReading({ machine: "m", time: "2020-01-01T01:00:00Z", volt: 2 }), {
    code: "DATA_DUPLICATE",
  });
});

test("saving what was restored gives the same bytes", () => {
  assert.deepEqual(restoreOnlineFeaturizer(own, saved()).save(), saved());
});

test("a state with any byte changed or cut off is refused", () => {
  const bytes = saved();
  for (let at = 0; at < bytes.length; at += 7) {
    const damaged = bytes.slice();
    damaged[at] ^= 1;
    assert.throws(() => restoreOnlineFeaturizer(own, damaged), { code: "MODEL_STATE_INVALID" }, `byte ${at}`);
    assert.throws(
      () => restoreOnlineFeaturizer(own, bytes.subarray(0, at)),
      { code: "MODEL_STATE_INVALID" },
      `cut at ${at}`,
    );
  }
});

test("the state of another featurizer is refused by name", () => {
  assert.throws(() => restoreOnlineFeaturizer(featurizer("4h"), saved()), { code: "MODEL_STATE_FOREIGN" });
});

test("a state of a newer version is refused by its version", () => {
  const text = new TextDecoder("latin1").decode(saved()).replace("forewarn-online-1\n", "forewarn-online-2\n");
  const newer = Uint8Array.from(text, (character) => character.charCodeAt(0));
  newer.set(new TextEncoder().encode("forewarn-online-2\n"));
  assert.throws(() => restoreOnlineFeaturizer(own, newer), { code: "MODEL_STATE_INVALID", message: /found version 2/ });
});

test("a state with its checksum that holds something else is refused", () => {
  const rows = {
    machines: ["m"],
    clock: Float64Array.of(5),
    sources: [1, 1].map(() => ({
      offsets: Uint32Array.of(0, 1),
      columns: [5, 5, 1].map((value) => Float64Array.of(value)),
    })),
    events: [],
    kinds: [],
    cycles: [],
  };
  const state = (changed: object) =>
    encodeState({ featurizer: featurizerHash(own), options: {}, dropped: 0, rows: { ...rows, ...changed } });
  assert.deepEqual([...restoreOnlineFeaturizer(own, state({})).featuresAt("m", 5)], [1, 0, 0]);
  const wrong: object[] = [
    { machines: ["b", "a"], clock: Float64Array.of(1, 1) },
    { clock: Float64Array.of(Number.NaN) },
    { sources: [] },
    { sources: [rows.sources[0], { ...rows.sources[1], offsets: Uint32Array.of(0, 2) }] },
    { sources: [{ ...rows.sources[0], columns: rows.sources[0].columns.slice(1) }, rows.sources[1]] },
    {
      events: [
        {
          table: "other",
          offsets: Uint32Array.of(0, 0),
          time: new Float64Array(0),
          seenAt: new Float64Array(0),
          kind: new Uint32Array(0),
        },
      ],
    },
    {
      events: [
        {
          table: "errors",
          offsets: Uint32Array.of(0, 1),
          time: Float64Array.of(1),
          seenAt: Float64Array.of(1),
          kind: Uint32Array.of(0),
        },
      ],
    },
    { cycles: [{}] },
  ];
  for (const changed of wrong)
    assert.throws(
      () => restoreOnlineFeaturizer(own, state(changed)),
      { code: "MODEL_STATE_INVALID" },
      JSON.stringify(changed),
    );
  assert.throws(() => restoreOnlineFeaturizer(own, encodeState({ other: 1 })), { code: "MODEL_STATE_INVALID" });
  assert.throws(() => restoreOnlineFeaturizer(own, pack({})), { code: "MODEL_STATE_INVALID" });
});
