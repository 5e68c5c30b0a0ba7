/** HTML that cannot be injected into: a template tag that escapes every value that is not itself markup. */

/** Text that is already HTML. Only `html` and the plots make it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

/** Markup from a template; strings and numbers are escaped, lists joined, null, undefined and false left out. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = strings[0];
  for (let i = 0; i < values.length; i++) text += write(values[i]) + strings[i + 1];
  return new Markup(text);
}

/** Text made safe for HTML content and quoted attributes; characters that no reader should meet become U+FFFD. */
export function escapeHtml(text: string): string {
  return (
    text
      .toWellFormed()
      // Controls break the file; directional overrides make a name read as another.
      .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) =>
        c === "\n" || c === "\t" ? c : "\ufffd",
      )
      .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
  );
}

function write(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(write).join("");
  return escapeHtml(String(value));
}
