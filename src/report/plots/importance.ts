/** What the best learner looks at: the share of its gain that each feature brought, the twenty largest. */
import * as Plot from "@observablehq/plot";
import { compareBytes } from "../../core/order.ts";
import type { ReportData } from "../data.ts";
import { featurePhrase } from "../feature-phrase.ts";
import { percent, plural, shorten } from "../format.ts";
import type { Markup } from "../html.ts";
import { draw, PLOT_WIDTH } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";

const TITLE = "What the model looks at";
const MOST = 20;
const LINE_HEIGHT = 14;
const LONGEST_NAME = 46;

export function importancePlot(data: ReportData): Markup | null {
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const all =
    data.curves.find((curve) => curve.learner === data.best)?.importance?.filter(({ gain }) => gain > 0) ?? [];
  const total = all.reduce((sum, { gain }) => sum + gain, 0);
  if (style === undefined || !(total > 0)) return null;
  const shown = all
    .toSorted((a, b) => b.gain - a.gain || compareBytes(a.feature, b.feature))
    .slice(0, MOST)
    .map(({ feature, gain }) => ({ ...named(feature), share: gain / total }));
  // Two halves side by side on a wide page, one above the other on a narrow one.
  const half = shown.length > MOST / 2 ? Math.ceil(shown.length / 2) : shown.length;
  const plots = [shown.slice(0, half), shown.slice(half)]
    .filter((part) => part.length > 0)
    .map((part) => bars(part, shown[0].share, style.stroke));
  const others = all.length - shown.length;
  const rest = shown.reduce((left, { share }) => left - share, 1);
  const left =
    others > 0 ? ` ${plural(others, "other feature")} brought the remaining ${percent(Math.max(rest, 0))}.` : "";
  return figureWith({
    title: TITLE,
    reading: `Share of the gain each feature brought in fitting ${style.learner}. It says what the model uses, not what causes a failure.${left}`,
    plot: plots,
    wide: plots.length > 1,
  });
}

interface Named {
  /** In words where its name can be read by rule, else as it is. */
  title: string;
  /** As the matrix and the model call it; empty where the title says it already. */
  code: string;
}

function named(feature: string): Named {
  const phrase = featurePhrase(feature);
  const code = shorten(feature, LONGEST_NAME);
  return phrase === null ? { title: code, code: "" } : { title: shorten(phrase, LONGEST_NAME), code };
}

function bars(features: readonly (Named & { share: number })[], largest: number, colour: string): Markup {
  let below = 0;
  const rows = features.map((feature) => {
    const top = below;
    const lines = feature.code === "" ? 1 : 2;
    below += lines * LINE_HEIGHT + 14;
    return { ...feature, top, bar: top + lines * LINE_HEIGHT + 3 };
  });
  const height = below;
  type Row = (typeof rows)[number];
  const bar = { x1: 0, y1: (d: Row) => d.bar, y2: (d: Row) => d.bar + 5 };
  const line = (n: number) => ({ y: (d: Row) => d.top + 8 + n * LINE_HEIGHT });
  const left = { frameAnchor: "left", textAnchor: "start" } as const;
  return draw({
    title: TITLE,
    description: `Features by share of gain: ${rows.map(({ title, code, share }) => `${code || title} ${percent(share)}`).join(", ")}.`,
    height,
    options: {
      margin: 0,
      x: { domain: [0, largest], range: [0, PLOT_WIDTH], axis: null },
      y: { domain: [0, height], range: [0, height], axis: null },
      marks: [
        Plot.rect(rows, { ...bar, x2: largest, fill: "var(--grid)" }),
        Plot.rect(rows, { ...bar, x2: "share", fill: colour }),
        Plot.text(rows, { ...line(0), ...left, text: "title", fill: "var(--ink)" }),
        Plot.text(
          rows.filter(({ code }) => code !== ""),
          {
            ...line(1),
            ...left,
            text: "code",
            fill: "var(--muted)",
            fontFamily: "ui-monospace, Menlo, Consolas, monospace",
          },
        ),
        Plot.text(rows, {
          ...line(0),
          frameAnchor: "right",
          text: (d) => percent(d.share),
          textAnchor: "end",
          fill: "var(--muted)",
        }),
      ],
    },
  });
}
