/** How far off predictions are at each stage of life: the median error and the middle 80 % of errors by true remaining life. */
import * as Plot from "@observablehq/plot";
import type { ReportData } from "../data.ts";
import { count, figure } from "../format.ts";
import type { Markup } from "../html.ts";
import { lifeUnitName } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles } from "./palette.ts";
import { niceStep } from "./ticks.ts";

interface Stage {
  from: number;
  to: number;
  rows: number;
  low: number;
  median: number;
  high: number;
}

const TITLE = "Error by remaining life";

export function errorByLifePlot(data: ReportData): Markup | null {
  const style = learnerStyles(data).find(({ learner }) => learner === data.best);
  const points = data.curves.find((curve) => curve.learner === data.best)?.life;
  if (style === undefined || !points || points.length === 0) return null;
  const stages = stagesOf(points);
  const reach = Math.max(...stages.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)))) || 1;
  const step = niceStep(reach / 2);
  const top = Math.ceil(reach / step) * step;
  const end = stages[stages.length - 1].to;
  const middle = (stage: Stage) => (stage.from + stage.to) / 2;
  const unit = lifeUnitName(data.time);
  const plot = draw({
    title: TITLE,
    description: `Error by true remaining life in ${unit}: ${stages.map((stage) => `${figure(stage.from)} to ${figure(stage.to)}: median ${figure(stage.median)}, middle 80 % ${figure(stage.low)} to ${figure(stage.high)}, ${count(stage.rows)} rows`).join("; ")}.`,
    height: 340,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, end], axis: null },
      y: { domain: [-top, top], axis: null },
      marks: [
        ...axisBelow({ label: `true remaining life, ${unit}`, domain: [0, end] }),
        ...axisLeft({ label: `predicted minus true, ${unit}`, domain: [-top, top] }),
        Plot.ruleY([0], { stroke: "var(--muted)", strokeDasharray: "1 3", strokeWidth: 1.5 }),
        Plot.rect(stages, {
          x1: "from",
          x2: "to",
          y1: "low",
          y2: "high",
          insetLeft: 2,
          insetRight: 2,
          fill: style.stroke,
          fillOpacity: 0.3,
        }),
        Plot.ruleY(stages, {
          y: "median",
          x1: "from",
          x2: "to",
          insetLeft: 2,
          insetRight: 2,
          stroke: style.stroke,
          strokeWidth: 3,
        }),
        Plot.text(stages, {
          x: middle,
          y: -top,
          dy: -8,
          text: (stage: Stage) => count(stage.rows),
          fill: "var(--muted)",
          fontSize: 10,
        }),
      ],
    },
  });
  return figureWith({
    title: TITLE,
    reading: `The line is the median error, the box the middle 80 % of errors; above zero the model promises too long a life. The numbers at the foot are rows, ${count(points.length)} in all.`,
    plot,
  });
}

function stagesOf(points: readonly { predicted: number; actual: number }[]): Stage[] {
  const longest = points.reduce((most, { actual }) => Math.max(most, actual), 0);
  const width = niceStep(longest / 8) || 1;
  const errors = new Map<number, number[]>();
  for (const { predicted, actual } of points) {
    const stage = Math.max(0, Math.ceil(actual / width - 1e-9) - 1);
    const list = errors.get(stage) ?? [];
    list.push(predicted - actual);
    errors.set(stage, list);
  }
  return [...errors]
    .sort(([a], [b]) => a - b)
    .map(([stage, list]) => {
      list.sort((a, b) => a - b);
      const at = (share: number) => quantile(list, share);
      return {
        from: stage * width,
        to: Math.min((stage + 1) * width, Math.max(longest, width)),
        rows: list.length,
        low: at(0.1),
        median: at(0.5),
        high: at(0.9),
      };
    });
}

/** The quantile of sorted values, linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
}
