import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { examples } from "../../scripts/features-page/examples.ts";
import { featuresPage } from "../../scripts/features-page/page.ts";
import { wordNames } from "../../src/features/table.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("every word of the vocabulary has its example", () => {
  assert.deepEqual(Object.keys(examples).sort(), [...wordNames].sort());
});

test("an example is written with the word it stands for", () => {
  for (const [word, { write }] of Object.entries(examples)) assert.equal(write().feature, word);
});

test("the page and its pictures are what the code says; `npm run docs` writes them", async () => {
  for (const [path, text] of await featuresPage(root)) {
    assert.equal(readFileSync(new URL(`../../docs/${path}`, import.meta.url), "utf8"), text, path);
  }
});

test("no word and no statistic is without a description", async () => {
  const page = (await featuresPage(root)).get("features.md") ?? "";
  assert.doesNotMatch(page, /^\| `[^`]+` \| [^|]* \| {2}\|$/m);
  for (const word of wordNames) {
    const section = page.split(`### ${word}\n`)[1]?.split("\n### ")[0] ?? "";
    const prose = section.split("```").at(-1) ?? "";
    assert.match(prose.split("\n![")[0], /[a-z]{3}/, word);
  }
});
