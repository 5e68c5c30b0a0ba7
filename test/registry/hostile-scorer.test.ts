import assert from "node:assert/strict";
import { test } from "node:test";
import { openScorer } from "../../src/scoring/scorer.ts";
import { withPublished } from "../scoring/published.ts";
import { plant } from "./plant.ts";

const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;

test("a version with good sums over rubbish is no scorer, and the error says what is wrong with it", () =>
  withPublished({ kind: "binary" }, async ({ registry, manifest, folder }) => {
    const published = await registry.readVersion("press", 1);
    const good = Object.fromEntries(
      [...published.files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]),
    );
    const model = JSON.parse(good["model.json"]);
    const tree = model.trees[0];
    const models = {
      nothing: "",
      rubbish: "\0\u0001\u0002",
      null: "null",
      list: "[]",
      "deep lists": deep("[", "]"),
      "deep objects": deep('{"learner":', "}"),
      "deep inside": good["model.json"].replace('"trees":[', `"trees":[${deep("[", "]")},`),
      "a learner of the prototype": JSON.stringify({ ...model, learner: "constructor" }),
      "prototype keys": good["model.json"].replace("{", '{"__proto__":{"learner":"gbdt"},'),
      "another version": JSON.stringify({ ...model, version: 2 }),
      "no finite number": good["model.json"].replace(/"base":\[[^\]]*\]/, '"base":[1e999]'),
      "a circle": JSON.stringify({ ...model, trees: [{ ...tree, left: tree.left.map(() => 0) }] }),
      "a child out of reach": JSON.stringify({ ...model, trees: [{ ...tree, left: tree.left.map(() => 2 ** 30) }] }),
      "arrays of several lengths": JSON.stringify({ ...model, trees: [{ ...tree, value: [] }] }),
      "a feature out of reach": JSON.stringify({ ...model, features: [], gain: [] }),
    };
    const featurizers = {
      nothing: "",
      null: "null",
      "deep lists": deep("[", "]"),
      "deep inside": good["featurizer.json"].replace('"specs":[', `"specs":[{"feature":${deep("[", "]")}},`),
      "a word of the prototype": good["featurizer.json"].replace('"feature":"rolling"', '"feature":"constructor"'),
      "prototype keys": good["featurizer.json"].replace("{", '{"__proto__":{"version":1},'),
      "another's": good["featurizer.json"].replace('"3c"', '"4c"'),
    };
    let version = 1;
    const refuse = async (what: string, files: Record<string, string>, scorer: unknown = manifest) => {
      const text = JSON.stringify({ model: "press", scorer });
      await plant(folder, { model: "press", version: ++version, manifest: text, files: { ...good, ...files } });
      await assert.rejects(openScorer(registry, `press@${version}`), { code: /^(REGISTRY|MODEL)_/ }, what);
    };
    for (const [what, text] of Object.entries(models)) await refuse(`model: ${what}`, { "model.json": text });
    for (const [what, text] of Object.entries(featurizers))
      await refuse(`featurizer: ${what}`, { "featurizer.json": text });
    for (const scorer of [0, null, [], "x", { ...manifest, format: 2 }, { ...manifest, task: { kind: "__proto__" } }])
      await refuse(`scorer: ${JSON.stringify(scorer)}`, {}, scorer);
    await refuse(
      "scorer: unknown keys",
      {},
      JSON.parse(JSON.stringify({ ...manifest, x: 1 }).replace('"x"', '"__proto__"')),
    );
    await plant(folder, {
      ...{ model: "press", version: ++version, files: good },
      manifest: JSON.stringify({ model: "press", scorer: manifest }),
    });
    await openScorer(registry, `press@${version}`);
  }));
