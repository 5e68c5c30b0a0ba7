/** What a reader sees of a rendered report, and its parsed document. */
import { parseHTML } from "linkedom";

export function parse(page: string) {
  return parseHTML(page).document;
}

/** The text of the first element that matches, spaces made plain and single. */
export function textOf(page: string, selector: string): string {
  const element = parse(page).querySelector(selector);
  if (element === null) throw new Error(`nothing matches ${selector}`);
  return plain(textIn(element));
}

export function plain(text: string): string {
  return text.replace(/[\u00a0\s]+/g, " ").trim();
}

// A cell's parts stand on lines of their own: textContent alone would run them together.
function textIn(node: {
  nodeType: number;
  childNodes: Iterable<never>;
  textContent: string | null;
  nodeName: string;
}): string {
  if (node.nodeType === 3) return node.textContent ?? "";
  if (node.nodeName.toLowerCase() === "desc") return "";
  return `${[...node.childNodes].map(textIn).join("")} `;
}
