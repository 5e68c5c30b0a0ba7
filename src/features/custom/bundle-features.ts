/** Reads the code of the custom features in a list. */
import { isAbsolute, resolve } from "node:path";
import type { FeatureSpec } from "../spec.ts";
import { bundleModule } from "./bundle-module.ts";

/**
 * The features with the code of those that are `custom`; such that have it already stay as they are.
 * @param folder what their modules' paths are relative to
 * @throws PIPELINE_CUSTOM_MODULE, PIPELINE_CUSTOM_IMPORT, PIPELINE_CUSTOM_SIZE
 */
export function bundleFeatures(features: readonly FeatureSpec[], folder: string): FeatureSpec[] {
  return features.map((spec) => {
    if (spec.feature !== "custom" || spec.bundle !== undefined) return spec;
    const path = isAbsolute(spec.module) ? spec.module : resolve(folder, spec.module);
    const bundle = bundleModule(path, spec.export, `custom("${spec.name}")`);
    // Where the file lay on this machine is nobody's business.
    return { ...spec, module: bundle.entry, bundle };
  });
}
