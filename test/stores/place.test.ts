import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { scoreFiles } from "../../src/pipeline/score-files.ts";
import { checkedFilePlace } from "../../src/stores/place.ts";
import { writePlace } from "../../src/stores/write-place.ts";

const noFiles = {
  "az://fleet/scores": "USAGE_STORE_PLACE",
  "az://fleet/scores/": "USAGE_STORE_PLACE",
  "az://fleet": "USAGE_STORE_PLACE",
  "az://fleet/scores/a:b.parquet": "USAGE_STORE_PATH",
  "az://fleet/scores/.tmp-a": "USAGE_STORE_PATH",
  "az://fleet/scores/a?sig=c2VjcmV0": "USAGE_STORE_SECRET",
};

test("a file's place is a path, or an address with a name that the store takes", async () => {
  assert.equal(checkedFilePlace("/data", "out.parquet"), resolve("/data/out.parquet"));
  assert.equal(checkedFilePlace("/data", "az://fleet/scores/today.parquet"), "az://fleet/scores/today.parquet");
  assert.equal(checkedFilePlace("az://fleet/scores", "a/b.parquet"), "az://fleet/scores/a/b.parquet");
  for (const [place, code] of Object.entries(noFiles)) {
    assert.throws(() => checkedFilePlace("/data", place), { code }, place);
    await assert.rejects(writePlace(place, new Uint8Array()), { code }, place);
  }
});

test("to score into a place that can be no file is refused before the registry is looked at", async () => {
  const missing = { model: "none", data: "no such folder", registry: "no such folder" };
  for (const [out, code] of Object.entries(noFiles))
    await assert.rejects(scoreFiles({ ...missing, out }), { code }, out);
});
