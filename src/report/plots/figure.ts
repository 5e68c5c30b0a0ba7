/** A plot with its heading, how to read it, and its legend. */
import { unbroken } from "../format.ts";
import { html, type Markup } from "../html.ts";

interface FigureOptions {
  title: string;
  /** How to read the plot, in a sentence or two, with its N. */
  reading: string;
  plot: Markup | readonly Markup[];
  /** Default: none. */
  legend?: Markup;
  /** Takes the whole width of the page. Default: false. */
  wide?: boolean;
}

export function figureWith({ title, reading, plot, legend, wide }: FigureOptions): Markup {
  return html`<figure${wide === true ? html` class="wide"` : null}><h3>${title}</h3><div>${legend}</div><div class="plots">${plot}</div><figcaption>${unbroken(reading)}</figcaption></figure>
`;
}
