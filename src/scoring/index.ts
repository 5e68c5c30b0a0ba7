/** forewarn/scoring: a registered version scores files it has never seen. */
export type { Lineage, LineageOptions } from "./lineage.ts";
export { readScorerManifest, type ScorerManifest } from "./manifest.ts";
export { type ScoredRows, type ScoreOptions, type ScoreStatus, score } from "./score.ts";
export { openScorer, type Scorer } from "./scorer.ts";
export { type ScoringCutoffs, scoringCutoffs } from "./scoring-cutoffs.ts";
export { writePredictions } from "./write-predictions.ts";
