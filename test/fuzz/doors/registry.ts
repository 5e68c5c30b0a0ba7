/** The door for a registry in which a file was changed: sums, claim, manifest, models, metrics, alias entries. */
import { readFile } from "node:fs/promises";
import { canonicalJson, hashJson } from "../../../src/core/json.ts";
import { openRegistry } from "../../../src/registry/registry.ts";
import { openScorer } from "../../../src/scoring/scorer.ts";
import { type Door, WrongResult } from "../door.ts";
import { memoryStore } from "../memory-store.ts";
import { mutateBytes, nastyTexts, pick } from "../mutate.ts";

const good = new URL("../../bad-inputs/_good/", import.meta.url);

export const registryDoor: Door = {
  name: "registry",
  share: 150,
  async open() {
    const whole = new Map<string, Uint8Array>();
    const registry = openRegistry(memoryStore(whole));
    const featurizer = await readFile(new URL("featurizer.json", good));
    const scorer = JSON.parse(await readFile(new URL("scorer.json", good), "utf8")) as Record<string, unknown>;
    const files = new Map<string, Uint8Array>([
      ["model.json", await readFile(new URL("model.json", good))],
      ["featurizer.json", featurizer],
      ["metrics.json", new TextEncoder().encode('{"averagePrecision":0.5}\n')],
    ]);
    const manifest = { scorer: { ...scorer, featurizerHash: hashJson(JSON.parse(featurizer.toString())) } };
    const now = new Date(0);
    for (const note of ["first", "second"])
      await registry.publish({ model: "pumps", files, manifest: { ...manifest, note }, now });
    await registry.moveAlias({ model: "pumps", alias: "production", to: 2, now, who: "a", why: "b" });
    const opened = (await openScorer(registry, "pumps@production")).predictor.toJSON();
    return {
      make(random) {
        const present = new Map(whole);
        const paths = [...whole.keys()];
        const path = pick(random, paths);
        const content = mutateBytes(random, whole.get(path)!, [...whole.values()]);
        const kind = random.integer(8);
        if (kind === 0) present.delete(path);
        else if (kind === 1)
          present.set(
            pick(random, paths).replace(/[^/]+$/, () => pick(random, nastyTexts)),
            content,
          );
        else present.set(path, content);
        const references = [
          "pumps@production",
          "pumps@1",
          "pumps@2",
          "pumps",
          `pumps@${pick(random, nastyTexts)}`,
          pick(random, nastyTexts),
        ];
        const reference = pick(random, references);
        return {
          content,
          async send() {
            const harmed = openRegistry(memoryStore(present));
            await harmed.list();
            for (const version of [1, 2]) await harmed.verify("pumps", version).catch(refusals);
            await harmed.history("pumps", "production").catch(refusals);
            const scorer = await openScorer(harmed, reference);
            if (canonicalJson(scorer.predictor.toJSON()) !== canonicalJson(opened))
              throw new WrongResult("a changed model was handed out");
            return "the published model";
          },
        };
      },
    };
  },
};

/** Each call may refuse by itself; the others still run. */
function refusals(error: unknown): void {
  if (!(error instanceof Error && error.name === "ForewarnError")) throw error;
}
