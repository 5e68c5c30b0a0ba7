/** Which code of custom features may run. */
import { ForewarnError } from "../../core/errors.ts";
import type { FeatureSpec } from "../spec.ts";

/** All code, none, or that with one of these hashes (`CustomBundle.sha256`). */
export type AllowedCode = boolean | readonly string[];

/** The hashes of the code that features carry. */
export function codeHashes(features: readonly FeatureSpec[]): string[] {
  return features.flatMap((spec) =>
    spec.feature === "custom" && spec.bundle !== undefined ? [spec.bundle.sha256] : [],
  );
}

/** @param allowed anything but true and a list of hashes allows nothing. @throws MODEL_CUSTOM_REFUSED when a feature carries code that is not allowed to run. */
export function refuseCode(features: readonly FeatureSpec[], allowed: AllowedCode): void {
  if (allowed === true) return;
  for (const spec of features) {
    if (spec.feature !== "custom") continue;
    const hash = spec.bundle?.sha256;
    if (Array.isArray(allowed) && hash !== undefined && allowed.includes(hash)) continue;
    throw new ForewarnError("MODEL_CUSTOM_REFUSED", {
      problem: "a stored featurizer carries code of its own, which is not run unless that is allowed",
      found: `custom("${spec.name}"), ${spec.module}, SHA-256 ${hash ?? "unknown"}`,
      hint: "read it in featurizer.json; if you trust it, say --allow-custom (in the library: allowCustom)",
    });
  }
}
