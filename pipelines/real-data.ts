/** Where the public data sets lie: the folder in PDM_DATA, or `shared/data` beside the project. */
export function realData(dataSet: string): string {
  return `${process.env.PDM_DATA ?? "../../shared/data"}/${dataSet}`;
}
