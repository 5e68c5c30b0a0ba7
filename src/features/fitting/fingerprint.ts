/** A text as two numbers that float32 holds exactly, so that columns can carry values that nobody has listed beforehand. */
import { sha256 } from "../../core/json.ts";

/** 24 bits each, the first 48 of the text's SHA-256: among 4,096 texts two are alike once in 30 million times. */
export function fingerprint(text: string): readonly [first: number, second: number] {
  const digest = sha256(text);
  return [Number.parseInt(digest.slice(0, 6), 16), Number.parseInt(digest.slice(6, 12), 16)];
}

/** `make` of each argument, called once for it. */
export function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
