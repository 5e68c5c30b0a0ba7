/** Where the public data sets lie: the folder in PDM_DATA, or `shared/data` beside the project. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ForewarnError } from "forewarn";

/** The folder of a data set. @throws DATA_FOLDER_MISSING where it is not there and the command names no other with --data. */
export function realData(dataSet: string): string {
  const folder = resolve(process.env.PDM_DATA ?? resolve(import.meta.dirname, "../../shared/data"), dataSet);
  const named = process.argv.some((argument) => /^--data(=|$)/.test(argument));
  if (existsSync(folder) || named) return folder;
  throw new ForewarnError("DATA_FOLDER_MISSING", {
    problem: `there is no folder of the data set ${dataSet}`,
    found: folder,
    hint: "set PDM_DATA to the folder that holds it",
  });
}
