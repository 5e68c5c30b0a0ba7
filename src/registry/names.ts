/** The names of models and aliases, and the way a version is asked for: "name", "name@3", "name@alias". */
import { ForewarnError } from "../core/errors.ts";

/** What "name@3" or "name@alias" asks for; neither a version nor an alias means the latest version. */
interface ModelReference {
  model: string;
  version?: number;
  alias?: string;
}

/** @throws REGISTRY_NAME unless it is at most 100 of a-z, 0-9, ".", "_", "-", beginning with a letter or digit. */
export function checkModelName(name: string): void {
  if (!isModelName(name)) throw badName("model", name, nameRule);
}

/** @throws REGISTRY_NAME as for models; a bare number is refused too, since "name@3" is version 3. */
export function checkAliasName(name: string): void {
  if (!isAliasName(name)) throw badName("alias", name, `${nameRule}, not a bare number`);
}

export function isAliasName(name: string): boolean {
  return isModelName(name) && !isNumber(name);
}

/** @throws REGISTRY_NAME when the text is no reference. */
export function parseReference(text: string): ModelReference {
  const at = text.indexOf("@");
  const model = at < 0 ? text : text.slice(0, at);
  checkModelName(model);
  if (at < 0) return { model };
  const rest = text.slice(at + 1);
  if (isNumber(rest)) {
    const version = parseVersion(rest);
    if (version === undefined) throw badName("version", rest, `a whole number from 1 to ${HIGHEST_NUMBER}`);
    return { model, version };
  }
  checkAliasName(rest);
  return { model, alias: rest };
}

/** The highest number of a version or of an alias's entry; predictions keep it in 32 bits. */
export const HIGHEST_NUMBER = 999_999_999;

/**
 * A version number or an alias entry's number as it stands in a path, or undefined if it is none: "3", never "03", "0", "3.0" or one above
 * the highest.
 */
export function parseVersion(text: string): number | undefined {
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined;
}

const nameRule = 'up to 100 of a-z, 0-9, ".", "_", "-", beginning with a letter or digit';

export function isModelName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(name);
}

function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

function badName(what: string, found: string, expected: string): ForewarnError {
  return new ForewarnError("REGISTRY_NAME", {
    problem: `this is no name of ${what === "alias" ? "an alias" : `a ${what}`}`,
    expected,
    found: JSON.stringify(found.length > 200 ? `${found.slice(0, 200)}…` : found),
  });
}
