/** Text from outside, made fit to be shown: one line, nothing a terminal obeys, no more than a reader can use. */

/**
 * The text with control characters, line ends, marks that turn the direction of writing and half characters written as `\n` or `\u001b`,
 * and cut to at most `limit` characters of the original, with how long it was.
 */
export function plainText(text: string, limit: number): string {
  const kept = text.length <= limit ? text : text.slice(0, /[\ud800-\udbff]/.test(text[limit - 1]) ? limit - 1 : limit);
  const plain = kept.replace(HIDDEN, (character) => escapes[character] ?? unicodeEscape(character));
  return kept === text ? plain : `${plain}… (${text.length} characters)`;
}

/** C0 and C1 controls, line and paragraph separators, zero-width and direction marks, the byte order mark, lone surrogates. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
