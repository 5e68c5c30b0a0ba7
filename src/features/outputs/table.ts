/** Every kind of output node and what implements it. A new kind is a file and a line here. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { type CategoryOutput, categoryOutput } from "./category.ts";
import { type ClippedOutput, clippedOutput } from "./clipped.ts";
import { type ComponentsOutput, componentsOutput } from "./components.ts";
import { type DerivedOutput, derivedOutput } from "./derived.ts";
import { type InModeOutput, inModeOutput } from "./in-mode.ts";
import { type MahalanobisOutput, mahalanobisOutput } from "./mahalanobis.ts";
import { type ModesOutput, modesOutput } from "./modes.ts";
import { type OtherOutput, otherOutput } from "./other.ts";
import type { OutputKind } from "./output.ts";
import { type RateRatioOutput, rateRatioOutput } from "./rate-ratio.ts";
import { type RawOutput, rawOutput } from "./raw.ts";
import { type ResidualOutput, residualOutput } from "./residual.ts";
import { type ShareOutput, shareOutput } from "./share.ts";

/** A node of the graph that makes a featurizer's columns. */
export type OutputNode =
  | RawOutput
  | OtherOutput
  | ShareOutput
  | RateRatioOutput
  | DerivedOutput
  | CategoryOutput
  | ClippedOutput
  | ComponentsOutput
  | InModeOutput
  | MahalanobisOutput
  | ModesOutput
  | ResidualOutput;

const table: { [K in OutputNode["from"]]: OutputKind<Extract<OutputNode, { from: K }>> } = {
  raw: rawOutput,
  other: otherOutput,
  share: shareOutput,
  rateRatio: rateRatioOutput,
  derived: derivedOutput,
  category: categoryOutput,
  clipped: clippedOutput,
  components: componentsOutput,
  inMode: inModeOutput,
  mahalanobis: mahalanobisOutput,
  modes: modesOutput,
  residual: residualOutput,
};

/** The shape of a stored node. */
export const outputShape = z.union(
  Object.values(table).map(({ shape }) => shape as z.ZodType<OutputNode>) as [z.ZodType<OutputNode>],
);

/** The implementation of a node's kind. */
export function outputKind(node: OutputNode): OutputKind<OutputNode> {
  if (Object.hasOwn(table, node.from)) return table[node.from] as unknown as OutputKind<OutputNode>;
  throw new ForewarnError("BUG_OUTPUT_KIND", { problem: "an output is of no known kind", found: String(node.from) });
}
