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
 * An `import(…)` in a text is refused too: a courtesy to its author, who would find it failing elsewhere, and no fence.
 * @throws PIPELINE_CUSTOM_IMPORT for an import of a package or of Node's or while it runs, and whatever the modules throw.
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
      const source = text(wanted);
      if (importsLater(source)) {
        refused = importRefused("import(…)", wanted);
        throw refused;
      }
      return { format, source, shortCircuit: true };
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

/** Whether a text imports while it runs, as far as can be told without parsing it; comments and quoted texts do not count. */
function importsLater(source: string): boolean {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (piece) =>
    piece.startsWith("/") ? " " : '""',
  );
  return /(?<![.\w$#])import\s*\(/.test(code);
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
