/** "Did you mean": the known name nearest to an unknown one, by edit distance; none that shares no letter with it, or to what is no text. */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  // Plain JavaScript may have given something else than a text.
  if (typeof name !== "string" || name.length > LONGEST) return undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (candidate.length > LONGEST) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** Nobody mistypes a longer name, and the distance takes time by the square of it. */
const LONGEST = 200;

/** A hint sentence for an unknown name: the nearest known one, or the list of all; none where nothing is known. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const nearest = suggest(name, names);
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  return names.length === 0 ? undefined : `known: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      current[j] = Math.min(current[j - 1] + 1, previous[j] + 1, previous[j - 1] + change);
    }
    previous = current;
  }
  return previous[b.length];
}
