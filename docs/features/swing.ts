/** The largest change from one reading to the next; NaN below two readings. */
export function swing({ windows }: { windows: { volt: { values: Float64Array } } }): number {
  const { values } = windows.volt;
  let largest = Number.NaN;
  for (let i = 1; i < values.length; i++) {
    const change = Math.abs(values[i] - values[i - 1]);
    if (!(change <= largest)) largest = change;
  }
  return largest;
}
