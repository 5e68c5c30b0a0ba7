/** One value or several, as a list; none where nothing is given, for a shape to refuse. */
export function list<Value>(values: Value | readonly Value[] | undefined): readonly Value[] {
  if (values === undefined) return [];
  return Array.isArray(values) ? (values as readonly Value[]) : [values as Value];
}
