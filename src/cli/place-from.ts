/** The path by which a file names a folder. */
import { isAbsolute, relative, resolve, sep } from "node:path";

/** A folder as a pipeline file names it: relative where it lies beside or below the file, else absolute. */
export function placeFrom(folder: string, place: string): string {
  const target = resolve(place);
  const path = relative(folder, target);
  if (isAbsolute(path) || path.startsWith(`..${sep}..${sep}`)) return target;
  return path === "" ? "." : path.split(sep).join("/");
}
