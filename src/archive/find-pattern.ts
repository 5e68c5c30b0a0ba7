/** The patterns of a glob, a name at a time: what they mean is the same on a disk and in blob storage. */

/** Whether a part of a path holds a wildcard. */
export function hasWildcard(part: string): boolean {
  return /[*?[{]/.test(part);
}

/** Whether a wildcard matches the name: those that begin with "." or "_" are left out. */
export function isPlain(name: string): boolean {
  return !/^[._]/.test(name);
}

/** Whether one part of a glob matches a name; a part that begins with "." or "_" matches such names too. */
export function matchesName(part: string, name: string): boolean {
  return (isPlain(name) || !isPlain(part)) && matches(statesOf(part), name);
}

/** A place in a pattern: reached over a character that it accepts, or over none, and the places after it. */
interface State {
  accepts?: (character: string) => boolean;
  next: number[];
}

/**
 * The pattern as states, of which the first is the beginning and the last the end. All places that a name can have reached are followed at
 * once: a regular expression of many stars tries them one after another, which takes time without end.
 */
function statesOf(part: string): State[] {
  const states: State[] = [{ next: [] }];
  let at = 0;
  const groups: { before: number; ends: number[] }[] = [];
  const step = (from: readonly number[], accepts?: State["accepts"]): number => {
    const index = states.push({ accepts, next: [] }) - 1;
    for (const each of from) states[each].next.push(index);
    return index;
  };
  const close = () => {
    const { ends } = groups.pop()!;
    at = step([...ends, at]);
  };
  for (const [text, not, set] of part.matchAll(/\[(!?)([^\]]+)\]|[\s\S]/gu)) {
    if (set !== undefined) {
      at = step([at], (character) => isIn(character, [...set]) !== (not === "!"));
    } else if (text === "*") {
      at = step([at]);
      const any = step([at], () => true);
      states[any].next.push(at);
    } else if (text === "?") at = step([at], () => true);
    else if (text === "{") groups.push({ before: at, ends: [] });
    else if (text === "," && groups.length > 0) {
      groups[groups.length - 1].ends.push(at);
      at = groups[groups.length - 1].before;
    } else if (text === "}" && groups.length > 0) close();
    else at = step([at], (character) => character === text);
  }
  while (groups.length > 0) close();
  step([at]);
  return states;
}

/** Whether a character is one of a set, in which `a-z` is a range; one that runs backwards is empty. */
function isIn(character: string, set: readonly string[]): boolean {
  const code = character.codePointAt(0)!;
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === "-" && i + 2 < set.length;
    const last = isRange ? set[i + 2] : set[i];
    if (set[i].codePointAt(0)! <= code && code <= last.codePointAt(0)!) return true;
    if (isRange) i += 2;
  }
  return false;
}

function matches(states: readonly State[], name: string): boolean {
  let reached = reach(states, [0], new Set());
  for (const character of name) {
    const next = [...reached].flatMap((index) =>
      states[index].next.filter((to) => states[to].accepts?.(character) === true),
    );
    reached = reach(states, next, new Set());
  }
  return reached.has(states.length - 1);
}

/** Adds the states and all that lie after them over no character. */
function reach(states: readonly State[], from: readonly number[], found: Set<number>): Set<number> {
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    open.push(...states[index].next.filter((to) => states[to].accepts === undefined));
  }
  return found;
}
