/** The function of a bundle, on whatever thread: imported once. */
import { ForewarnError } from "../../core/errors.ts";
import type { CustomBundle } from "./bundle.ts";
import { checkFunction } from "./bundle-module.ts";
import { importModules } from "./import-modules.ts";

/** One cutoff, as a custom feature sees it. */
export interface CustomWindow {
  /** The instant, in microseconds since 1970 or cycles. */
  cutoff: number;
  /** By sensor the readings in the window that are known at the cutoff, ascending in time, none missing: copies of its own. */
  windows: Readonly<Record<string, { readonly times: Float64Array; readonly values: Float64Array }>>;
}

export type CustomFunction = (window: CustomWindow) => unknown;

/** By bundle and export, since online a function is asked for with every row: forgotten with the bundle. */
const functions = new WeakMap<CustomBundle, Map<string, CustomFunction>>();

/** @throws PIPELINE_CUSTOM_MODULE, PIPELINE_CUSTOM_IMPORT */
export function storedFunction(bundle: CustomBundle, exported: string, where: string): CustomFunction {
  const known = functions.get(bundle)?.get(exported);
  if (known !== undefined) return known;
  const { entry, files, sha256 } = bundle;
  // Addresses in a folder that is not there: nothing but the bundle answers to them.
  const folder = new URL(`./stored/${sha256}/`, import.meta.url).href;
  const path = (url: string) => decodeURIComponent(url.slice(folder.length));
  const value = importAll();
  checkFunction(value, exported, where);
  const ofBundle = functions.get(bundle) ?? new Map<string, CustomFunction>();
  functions.set(bundle, ofBundle.set(exported, value as CustomFunction));
  return value as CustomFunction;

  function importAll(): unknown {
    try {
      return importModules({
        url: `${folder}${entry.split("/").map(encodeURIComponent).join("/")}`,
        owns: (url) => url.startsWith(folder),
        text(url) {
          if (Object.hasOwn(files, path(url))) return files[path(url)];
          throw new Error(`there is no ${path(url)} among its files`);
        },
      })[exported];
    } catch (cause) {
      if (cause instanceof ForewarnError) throw cause;
      throw new ForewarnError("PIPELINE_CUSTOM_MODULE", {
        problem: "the stored module of a custom feature cannot be imported",
        found: cause instanceof Error ? cause.message : String(cause),
        where,
        cause,
      });
    }
  }
}
