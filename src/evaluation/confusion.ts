/** The confusion matrix: how often each true class was decided to be which. */

/**
 * @param truth the true class, one a row
 * @param decided the class decided on, one a row
 * @param classes how many there are
 * @returns rows are true classes, columns decided ones
 */
export function confusion(truth: ArrayLike<number>, decided: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < truth.length; row++) counts[truth[row]][decided[row]] += 1;
  return counts;
}
