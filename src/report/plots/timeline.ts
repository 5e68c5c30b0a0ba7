/** The score of one machine on the way to one failure: threshold, alarms, and the stretch in which an alarm would have counted. */
import * as Plot from "@observablehq/plot";
import { durationLength, lifeUnit, type TimeKind } from "../../core/time.ts";
import type { FailureTimeline } from "../data.ts";
import { defined, span } from "../format.ts";
import type { Markup } from "../html.ts";
import { draw } from "./draw.ts";
import { thin } from "./thin.ts";
import { ticks, tickText } from "./ticks.ts";

/** What the timelines of a report share, so that they can be compared. */
export interface TimelineFrame {
  time: TimeKind;
  horizon: string | null;
  leadTime: string | null;
  /** How far back the panels go, in hours or cycles. */
  reach: number;
  /** The range of scores and thresholds. */
  scores: readonly [low: number, high: number];
}

/** How alarms are drawn: by shape as well as by colour. */
export const ALARM_MARKS = {
  true: { symbol: "triangle", colour: "var(--good)", words: "true alarm" },
  late: { symbol: "diamond", colour: "var(--unproven)", words: "late alarm" },
  false: { symbol: "times", colour: "var(--poor)", words: "false alarm" },
  planned: { symbol: "square", colour: "var(--muted)", words: "ended by planned maintenance" },
} as const;

const MOST_POINTS = 160;

export function timelinePlot(
  failure: FailureTimeline,
  frame: TimelineFrame,
  { title, description }: { title: string; description: string },
): Markup {
  const unit = lifeUnit(frame.time);
  const before = (time: number) => (time - failure.time) / unit;
  const inside = (x: number) => x >= -frame.reach - 1e-9 && x <= 1e-9;
  const points = failure.points
    .filter((point) => defined(point.score))
    .map((point) => ({ x: before(point.cutoff), y: point.score }))
    .filter((point) => inside(point.x));
  const [low, high] = frame.scores;
  const counted = countedStretch(frame, unit);
  const alarms = failure.alarms
    .map((alarm) => ({ x: before(alarm.raisedAt), verdict: alarm.verdict }))
    .filter(({ x }) => inside(x));
  const scoreAt = (x: number) => points.findLast((point) => point.x <= x + 1e-9)?.y ?? failure.threshold ?? high;
  const back = backTicks(frame);
  return draw({
    title,
    description,
    height: 118,
    options: {
      marginLeft: 34,
      marginRight: 30,
      marginTop: 12,
      marginBottom: 22,
      x: { domain: [-frame.reach, 0], axis: null },
      y: { domain: [low, high], axis: null },
      marks: [
        counted === null
          ? null
          : Plot.rect([counted], { x1: "from", x2: "to", y1: low, y2: high, fill: "var(--good)", fillOpacity: 0.1 }),
        Plot.ruleX(back, { stroke: "var(--grid)" }),
        Plot.axisX(back, {
          tickSize: 0,
          label: null,
          fill: "var(--muted)",
          tickFormat: (x: number) => (x === 0 ? "failure" : `−${span(-x, frame.time)}`),
        }),
        Plot.axisY(ticks(low, high, 3), { tickSize: 0, label: null, fill: "var(--muted)", tickFormat: tickText }),
        Plot.ruleY([low], { stroke: "var(--grid)" }),
        defined(failure.threshold)
          ? Plot.ruleY([failure.threshold], { stroke: "var(--ink)", strokeDasharray: "4 3", strokeWidth: 1 })
          : null,
        Plot.line(withGaps(points), { x: "x", y: "y", stroke: "var(--c0)", strokeWidth: 1.75 }),
        points.length === 1 ? Plot.dot(points, { x: "x", y: "y", r: 2.5, fill: "var(--c0)" }) : null,
        Plot.ruleX([0], { stroke: "var(--ink)", strokeWidth: 2 }),
        ...alarms.map(({ x, verdict }) => {
          const { symbol, colour } = ALARM_MARKS[verdict];
          const cross = symbol === "times";
          return Plot.dot([[x, scoreAt(x)]], {
            symbol,
            r: 5,
            fill: cross ? "none" : colour,
            stroke: cross ? colour : "var(--paper)",
            strokeWidth: cross ? 2.5 : 1.5,
          });
        }),
      ],
    },
  });
}

/** The stretch before the failure in which an alarm counts as caught. */
function countedStretch(frame: TimelineFrame, unit: number): { from: number; to: number } | null {
  if (frame.horizon === null) return null;
  const horizon = durationLength(frame.horizon, frame.time) / unit;
  const lead = frame.leadTime === null ? 0 : durationLength(frame.leadTime, frame.time) / unit;
  return { from: -Math.min(horizon, frame.reach), to: -lead };
}

function backTicks(frame: TimelineFrame): number[] {
  const horizon = frame.horizon === null ? null : durationLength(frame.horizon, frame.time) / lifeUnit(frame.time);
  if (horizon === null || frame.reach / horizon > 4.01) return ticks(0, frame.reach, 4).map((x) => 0 - x);
  return Array.from({ length: Math.floor(frame.reach / horizon + 1e-9) + 1 }, (_, i) => 0 - i * horizon);
}

type Point = { x: number; y: number };

/** Thinned points, with a break wherever the machine was out of observation. */
function withGaps(points: readonly Point[]): Point[] {
  const steps = points.slice(1).map((point, i) => point.x - points[i].x);
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const pieces: Point[][] = [[]];
  points.forEach((point, i) => {
    if (i > 0 && steps[i - 1] > usual * 2.5) pieces.push([]);
    pieces[pieces.length - 1].push(point);
  });
  return pieces.flatMap((piece) => {
    const share = Math.max(4, Math.floor((MOST_POINTS * piece.length) / Math.max(1, points.length)));
    return [...thin(piece, share, (point) => point.y), { x: Number.NaN, y: Number.NaN }];
  });
}
