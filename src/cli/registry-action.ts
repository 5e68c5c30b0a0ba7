/** One action on a registry: what it found as a document and as text. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Registry } from "../registry/registry.ts";

interface Request {
  /** list, show, verify, promote or rollback. */
  action: string;
  model?: string;
  alias?: string;
  why: string;
}

interface Outcome {
  document: unknown;
  text: string;
  /** False where a check found something wrong. */
  ok: boolean;
}

/** The arguments of each action. */
const actions: Readonly<Record<string, readonly ("model" | "alias")[]>> = {
  list: [],
  show: ["model"],
  verify: ["model"],
  promote: ["model", "alias"],
  rollback: ["model", "alias"],
};

/** @throws USAGE_REGISTRY when there is no such action or an argument is missing or needless, REGISTRY_* */
export async function registryAction(
  registry: Registry,
  request: Request,
  by: { now: Date; who: string },
): Promise<Outcome> {
  const { action, why } = request;
  refuseNeedless(request);
  if (action === "list") {
    const entries = await registry.list();
    const line = ({ model, versions, aliases, damaged }: (typeof entries)[number]) => {
      const held = Object.entries(aliases).map(([alias, version]) => `${alias} -> ${version}`);
      const parts = [`${model}  versions ${versions.join(", ")}`, held.join(", ")];
      if (damaged.length > 0) parts.push(`damaged: ${damaged.join(", ")}`);
      return parts.filter((part) => part !== "").join("  ");
    };
    return {
      document: entries,
      text: entries.length === 0 ? `no model in ${registry.location}\n` : `${entries.map(line).join("\n")}\n`,
      ok: true,
    };
  }
  const model = needed(request.model, action, "a model");
  if (action === "rollback") {
    const moved = await registry.rollback({ model, alias: needed(request.alias, action, "an alias"), why, ...by });
    return { document: moved, text: `${model}@${request.alias}: version ${moved.from} -> ${moved.to}\n`, ok: true };
  }
  const resolved = await registry.resolve(model);
  const name = `${resolved.model}@${resolved.version}`;
  if (action === "promote") {
    const alias = needed(request.alias, action, "an alias");
    const moved = await registry.moveAlias({ model: resolved.model, alias, to: resolved.version, why, ...by });
    return { document: moved, text: `${resolved.model}@${alias} is version ${moved.to}\n`, ok: true };
  }
  if (action === "verify") {
    const check = await registry.verify(resolved.model, resolved.version);
    const wrong = check.files.filter(({ state }) => state !== "ok").map(({ path, state }) => `  ${path}: ${state}`);
    return {
      document: check,
      text: [`${name}: ${check.passed ? "every file has its sum" : "damaged"}`, ...wrong, ""].join("\n"),
      ok: check.passed,
    };
  }
  const version = await registry.readVersion(resolved.model, resolved.version);
  const files = [...version.files].map(([path, bytes]) => ({ path, bytes: bytes.length }));
  return {
    document: { ...resolved, path: version.path, manifest: version.manifest, files },
    text: `${name}\n${files.map(({ path, bytes }) => `  ${path}  ${bytes} bytes`).join("\n")}\n`,
    ok: true,
  };
}

function refuseNeedless({ action, ...given }: Request): void {
  if (!Object.hasOwn(actions, action)) {
    throw new ForewarnError("USAGE_REGISTRY", {
      problem: "registry has no such action",
      expected: `one of ${Object.keys(actions).join(", ")}`,
      found: action,
      hint: didYouMean(action, Object.keys(actions)),
    });
  }
  const needless = (["model", "alias"] as const).find(
    (argument) => given[argument] !== undefined && !actions[action].includes(argument),
  );
  if (needless === undefined) return;
  throw new ForewarnError("USAGE_REGISTRY", {
    problem: `registry ${action} takes no ${needless}`,
    expected: ["forewarn registry", action, ...actions[action].map((argument) => `<${argument}>`)].join(" "),
    found: given[needless],
    hint: action === "list" ? `registry show ${given.model} says more of a model` : "forewarn registry --help",
  });
}

function needed(value: string | undefined, action: string, what: string): string {
  if (value !== undefined) return value;
  throw new ForewarnError("USAGE_REGISTRY", {
    problem: `registry ${action} needs ${what}`,
    hint: "forewarn registry --help",
  });
}
