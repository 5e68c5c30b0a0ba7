/** The code of a user's own feature as plain data: a module and what it imports by relative paths, with their hash. */
import { z } from "zod";
import { hashJson } from "../../core/json.ts";

export interface CustomBundle {
  /** The path of the module that exports the function, one of `files`. */
  entry: string;
  /** Texts by path, relative to the folder that holds them all, with `/` on every system. */
  files: Readonly<Record<string, string>>;
  /** The SHA-256 of the above as canonical JSON. */
  sha256: string;
}

/** Names of files and folders, none of which leads out of the bundle. */
const MODULE_PATH = /^(?!.*(^|\/)\.{1,2}(\/|$))[^/\\]+(\/[^/\\]+)*\.m?[jt]s$/;

export const bundleShape: z.ZodType<CustomBundle> = z.strictObject({
  entry: z.string(),
  files: z.record(z.string().regex(MODULE_PATH), z.string()),
  sha256: z.string(),
});

/** Puts a bundle together. */
export function bundleOf(entry: string, files: Readonly<Record<string, string>>): CustomBundle {
  return { entry, files, sha256: bundleHash({ entry, files }) };
}

export function bundleHash({ entry, files }: Pick<CustomBundle, "entry" | "files">): string {
  return hashJson({ entry, files });
}
