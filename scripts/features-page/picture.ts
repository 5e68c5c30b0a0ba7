/** A picture of which part of the past a feature reads: a time line with readings, records and the cutoff, and a bar a window. */

/** A stretch of hours before the cutoff, (from, to]: 24 to 0 is the last day. */
export interface Stretch {
  label: string;
  from: number;
  to: number;
  /** It begins at a record, which belongs to it. Default: false, its beginning is left out. */
  anchored?: boolean;
}

export interface Picture {
  title: string;
  stretches: readonly Stretch[];
  /** Hours before the cutoff at which there are records, with their names. */
  records: readonly { hours: number; name: string }[];
}

const width = 760;
const left = 190;
const right = 56;
const rowHeight = 22;

/** An SVG that reads on light and dark pages alike. */
export function pictureOf({ title, stretches, records }: Picture): string {
  const span = Math.max(6, ...stretches.map(({ from }) => from), ...records.map(({ hours }) => hours)) * 1.15;
  const x = (hours: number) => Math.round((left + (width - left - right) * (1 - hours / span)) * 10) / 10;
  const top = 46;
  const axis = top + stretches.length * rowHeight + 22;
  const height = axis + 34;
  const step = span > 200 ? 24 : span > 40 ? 6 : 1;
  const ticks = Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
  const parts = [
    text(left - 8, 20, "end", "records", "quiet"),
    ...records.flatMap(({ hours, name }) => [
      `<path d="M${x(hours)} 26 l5 8 l-10 0 z" class="record"/>`,
      text(x(hours), 18, "middle", name, "small"),
    ]),
    ...stretches.flatMap((stretch, i) => bar(stretch, top + i * rowHeight, x)),
    ...ticks.map((hours) => `<circle cx="${x(hours)}" cy="${axis}" r="2" class="reading"/>`),
    text(left - 8, axis + 4, "end", "readings", "quiet"),
    `<path d="M${left} ${axis + 9} H${width - right}" class="axis"/>`,
    `<path d="M${x(0)} 8 V${axis + 9}" class="cutoff"/>`,
    text(x(0) + 6, 20, "start", "cutoff t", "small"),
    text(x(0), axis + 26, "middle", "t", "small"),
    ...marks(span).map((hours) => text(x(hours), axis + 26, "middle", `t − ${nameOf(hours)}`, "small")),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escaped(title)}</title><style>${style}</style><rect width="100%" height="100%" rx="6" class="ground"/>${parts.join("")}</svg>\n`;
}

function bar({ label, from, to, anchored = false }: Stretch, y: number, x: (hours: number) => number): string[] {
  const middle = y + 8;
  return [
    text(left - 8, middle + 4, "end", label, "name"),
    `<path d="M${x(from)} ${middle} H${x(to)}" class="window"/>`,
    `<circle cx="${x(from)}" cy="${middle}" r="4" class="${anchored ? "in" : "out"}"/>`,
    `<circle cx="${x(to)}" cy="${middle}" r="4" class="in"/>`,
  ];
}

/** A few round ages for the axis. */
function marks(span: number): number[] {
  const steps = [1, 2, 3, 6, 12, 24, 48, 168];
  const step = steps.find((candidate) => span / candidate <= 8) ?? 168;
  return Array.from({ length: Math.floor(span / step) }, (_, i) => (i + 1) * step);
}

function nameOf(hours: number): string {
  return hours % 24 === 0 && hours >= 48 ? `${hours / 24} d` : `${hours} h`;
}

function text(x: number, y: number, anchor: string, content: string, kind: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" class="${kind}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const style = [
  "text{font:12px system-ui,sans-serif;fill:#24292f}.small{font-size:11px}.quiet{fill:#6e7781}.name{font-weight:600}",
  ".ground{fill:#f6f8fa}.window{stroke:#0969da;stroke-width:7;opacity:.55}.in{fill:#0969da}.out{fill:#f6f8fa;stroke:#0969da;stroke-width:2}",
  ".reading{fill:#6e7781}.record{fill:#bc4c00}.axis{stroke:#afb8c1;stroke-width:1}.cutoff{stroke:#24292f;stroke-width:1.5;stroke-dasharray:4 3}",
].join("");
