/** Imports modules from texts, at once and without a file of their own: Node's own loader, so that TypeScript runs as it stands. */
import { createRequire, registerHooks } from "node:module";
import { ForewarnError } from "../../core/errors.ts";

export interface ModuleSource {
  /** The module to import. */
  url: string;
  /** Whether a module belongs to the source, so that its imports are held to its rules. */
  owns(url: string): boolean;
  /** The text of a module that it owns. */
  text(url: string): string;
}

const requireModule = createRequire(import.meta.url);

/**
 * What a module exports. It may import modules of the same source by relative paths and nothing else.
 * @throws PIPELINE_CUSTOM_IMPORT for an import of a package or of Node's, and whatever the modules throw.
 */
export function importModules({ url, owns, text }: ModuleSource): Readonly<Record<string, unknown>> {
  let refused: ForewarnError | undefined;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === url) return { url, shortCircuit: true };
      const { parentURL } = context;
      if (parentURL === undefined || !owns(parentURL)) return next(specifier, context);
      if (/^\.{1,2}\//.test(specifier)) {
        const found = new URL(specifier, parentURL).href;
        if (/\.m?[jt]s$/.test(found) && owns(found)) return { url: found, shortCircuit: true };
      }
      refused = importRefused(specifier, parentURL);
      throw refused;
    },
    load(wanted, context, next) {
      if (!owns(wanted)) return next(wanted, context);
      const format = wanted.endsWith("ts") ? "module-typescript" : "module";
      return { format, source: text(wanted), shortCircuit: true };
    },
  });
  try {
    return requireModule(url);
  } catch (error) {
    // The loader may wrap what a hook throws.
    throw refused ?? error;
  } finally {
    hooks.deregister();
  }
}

function importRefused(specifier: string, parent: string): ForewarnError {
  return new ForewarnError("PIPELINE_CUSTOM_IMPORT", {
    problem: "a module of a custom feature imports what cannot travel with it",
    expected: 'relative imports with their ending, such as "./shape.ts", of .ts, .mts, .js and .mjs files',
    found: specifier,
    where: decodeURIComponent(new URL(parent).pathname.split("/").at(-1) ?? parent),
    hint: "packages and node: modules are not there where the feature is computed: write what it needs into a file beside it",
  });
}
