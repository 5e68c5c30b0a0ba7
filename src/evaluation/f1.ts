/** F1, the harmonic mean of precision and recall, of each class and its plain mean over classes. */

/**
 * @param confusion rows are true classes, columns decided ones
 * @returns one a class; null for a class that is neither true nor decided anywhere
 */
export function f1(confusion: readonly (readonly number[])[]): (number | null)[] {
  return confusion.map((row, k) => {
    const truly = row.reduce((sum, count) => sum + count, 0);
    const decided = confusion.reduce((sum, other) => sum + other[k], 0);
    return truly + decided === 0 ? null : (2 * row[k]) / (truly + decided);
  });
}

/** The mean of the classes' F1 over those where it is defined; null where none is. */
export function macroF1(ofClasses: readonly (number | null)[]): number | null {
  const defined = ofClasses.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
