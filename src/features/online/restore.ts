/** Brings an online featurizer back from what `save` wrote. */
import { ForewarnError } from "../../core/errors.ts";
import { type Featurizer, featurizerHash } from "../featurizer.ts";
import { OnlineFeaturizer } from "./online-featurizer.ts";
import type { OnlineState } from "./online-options.ts";
import { snapshotProblem } from "./rows-snapshot.ts";
import { readingTables } from "./sources.ts";
import { decodeState, invalidState } from "./state-file.ts";

/**
 * The online featurizer that `save` was called on, its options and facts included: it goes on as if there had been no pause.
 * @throws MODEL_STATE_FOREIGN when it was saved by another featurizer; MODEL_STATE_INVALID when the bytes are damaged, something else or of a
 * newer version. Then nothing is restored.
 */
export function restoreOnlineFeaturizer(featurizer: Featurizer, bytes: Uint8Array): OnlineFeaturizer {
  const state = decodeState(bytes);
  if (typeof state !== "object" || state === null || !("featurizer" in state)) throw invalidState("no state");
  const { featurizer: hash, options, dropped, rows } = state as OnlineState;
  const own = featurizerHash(featurizer);
  if (hash !== own) {
    throw new ForewarnError("MODEL_STATE_FOREIGN", {
      problem: "the state was saved by another featurizer",
      expected: own,
      found: String(hash),
      hint: "start a new one: what a featurizer keeps depends on what it computes",
    });
  }
  if (!Number.isSafeInteger(dropped) || dropped < 0) throw invalidState("no count of dropped rows");
  try {
    const { schema } = featurizer.plan;
    const problem = snapshotProblem(rows, readingTables(schema, options.telemetry), schema);
    if (problem !== undefined) throw invalidState(problem);
    return new OnlineFeaturizer(featurizer, options, { rows, dropped });
  } catch (cause) {
    if (cause instanceof ForewarnError && /^(MODEL_STATE|DATA_TOO_LARGE)/.test(cause.code)) throw cause;
    throw invalidState(cause instanceof ForewarnError ? cause.message : "options of no known form", cause);
  }
}
