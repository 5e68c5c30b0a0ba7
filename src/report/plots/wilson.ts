/** Wilson's 95 % interval of a share: it stays within 0 and 1, and says something also where nothing or everything was seen. */
const Z = 1.959963984540054;

/** @param of how many independent things the share was seen in; more than 0, and not necessarily whole */
export function wilson(share: number, of: number): [low: number, high: number] {
  const square = (Z * Z) / of;
  const middle = (share + square / 2) / (1 + square);
  const reach = Math.sqrt(square * share * (1 - share) + (square * square) / 4) / (1 + square);
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
