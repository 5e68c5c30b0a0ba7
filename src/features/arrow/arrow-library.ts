/** Apache Arrow, loaded when it is first needed: it is heavy, and most uses of features need none of it. */
export function arrowLibrary(): Promise<typeof import("apache-arrow")> {
  return import("apache-arrow");
}
