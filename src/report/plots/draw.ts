/** Draws marks with Observable Plot and writes the SVG out ourselves: same bytes every time, no ids, no inline style, escaped text. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { ForewarnError } from "../../core/errors.ts";
import { escapeHtml, Markup } from "../html.ts";

/** What this file needs of a DOM node, as linkedom makes it. */
interface SvgNode {
  nodeType: number;
  nodeName: string;
  textContent: string;
  attributes: Iterable<{ name: string; value: string }>;
  childNodes: Iterable<SvgNode>;
}

interface Drawing {
  /** A few words, shown where the pointer rests. */
  title: string;
  /** What is shown and what can be seen in it, for those who cannot see it. */
  description: string;
  /** In CSS pixels at a scale of one; the page scales it to its column. */
  width?: number;
  height: number;
  options: Plot.PlotOptions;
}

/** The width for which all plots are designed: a phone's, so that their text can be read there. */
export const PLOT_WIDTH = 380;

export function draw({ title, description, width = PLOT_WIDTH, height, options }: Drawing): Markup {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = Plot.plot({ ...options, width, height, document: document as never, className: "plot" });
  const inner = [...(svg as unknown as SvgNode).childNodes].map(write).join("");
  const label = escapeHtml(description);
  return new Markup(
    `<svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="currentColor" text-anchor="middle" font-size="11"><title>${escapeHtml(title)}</title>${inner}</svg>`,
  );
}

const ELEMENT = 1;
const TEXT = 3;

function write(node: SvgNode): string {
  if (node.nodeType === TEXT) return escapeHtml(node.textContent);
  if (node.nodeType !== ELEMENT) return "";
  const name = node.nodeName.toLowerCase();
  // Plot's own style sheet is part of the page's, so that the page can forbid any other.
  if (name === "style") return "";
  const attributes = [...node.attributes].filter((attribute) => !isNoise(attribute.name)).map(writeAttribute);
  const inner = [...node.childNodes].map(write).join("");
  return `<${name}${attributes.join("")}>${inner}</${name}>`;
}

// Labels of groups ("y-axis tick label") are noise inside an image that has a description.
function isNoise(name: string): boolean {
  return name === "class" || name.startsWith("aria-");
}

function writeAttribute({ name, value }: { name: string; value: string }): string {
  if (name === "id" || name === "style" || name.endsWith("href")) {
    throw new ForewarnError("BUG_PLOT_ATTRIBUTE", {
      problem: "a plot has an attribute that would differ between reports or reach outside",
      found: `${name}="${value}"`,
    });
  }
  return ` ${name}="${escapeHtml(value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, round))}"`;
}

function round(number: string): string {
  return String(Number(Number(number).toFixed(2)) + 0);
}
