/** One HTML table: a caption, a heading a column, a heading a row; on a narrow screen each row becomes a list of labelled values. */
import { html, type Markup } from "./html.ts";

export type Cell = Markup | string;

interface TableOptions {
  caption: Cell;
  /** Headings; the first names the rows. */
  head: readonly string[];
  /** Cells a row; the first is the row's heading. The last cell of a row that is too short takes what is left. */
  rows: readonly (readonly Cell[])[];
  /** Columns that hold numbers, by index, set to the right. Default: all but the first. */
  numeric?: readonly number[];
  /** A row to bring out, by index. Default: none. */
  strong?: number;
}

// The roles repeat what the elements mean: a style that lays rows out as blocks takes their meaning away.
export function table({ caption, head, rows, numeric, strong }: TableOptions): Markup {
  const isNumeric = (column: number) => (numeric === undefined ? column > 0 : numeric.includes(column));
  const side = (column: number) => (isNumeric(column) ? "n" : "t");
  return html`<table role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head.map((text, c) => html`<th role="columnheader" scope="col" class="${side(c)}">${text}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells, r) =>
      html`<tr role="row"${r === strong ? html` class="strong"` : null}>${cells.map((cell, c) =>
        c === 0
          ? html`<th role="rowheader" scope="row" class="${side(c)}">${cell}</th>`
          : html`<td role="cell" class="${side(c)}" data-label="${head[c]}"${c === cells.length - 1 && cells.length < head.length ? html` colspan="${head.length - c}"` : null}><span>${cell}</span></td>`,
      )}</tr>
`,
  )}</tbody></table>`;
}
