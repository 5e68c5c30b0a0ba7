/** What other thresholds would give a planner: failures caught against false alarms, with each learner's own threshold marked. */
import * as Plot from "@observablehq/plot";
import type { LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, rate } from "../format.ts";
import type { Markup } from "../html.ts";
import { bestLearner, rateUnit } from "../words.ts";
import { AXIS_MARGINS, axisBelow, axisLeft, shareText } from "./axes.ts";
import { draw } from "./draw.ts";
import { figureWith } from "./figure.ts";
import { learnerStyles, legend } from "./palette.ts";
import { thin } from "./thin.ts";
import { niceStep } from "./ticks.ts";

const TITLE = "Caught against false alarms";

export function planCurvePlot(data: ReportData): Markup | null {
  const curves = learnerStyles(data).flatMap((style) => {
    const points = data.curves.find((curve) => curve.learner === style.learner)?.plan;
    const metrics = data.learners.find((learner) => learner.learner === style.learner);
    return points && points.length > 0 && metrics ? [{ style, points: sorted(points), metrics }] : [];
  });
  if (curves.length === 0) return null;
  const limit = readableLimit(curves);
  const unit = rateUnit(data.time);
  const operating = curves.flatMap(({ style, metrics }) => {
    const x = metrics.falseAlarmsPerMachineMonth;
    const y =
      defined(metrics.caught) && defined(metrics.failures) && metrics.failures > 0
        ? metrics.caught / metrics.failures
        : null;
    return defined(x) && y !== null && x <= limit ? [{ x, y, style }] : [];
  });
  const chosen = curves.map(
    ({ style, metrics }) =>
      `${style.learner} ${count(metrics.caught)} of ${count(metrics.failures)} at ${rate(metrics.falseAlarmsPerMachineMonth)}`,
  );
  const plot = draw({
    title: TITLE,
    description: `Share of failures caught against false alarms per ${unit} over all thresholds. Thresholds in use: ${chosen.join(", ")}.`,
    height: 300,
    options: {
      ...AXIS_MARGINS,
      x: { domain: [0, limit], axis: null },
      y: { domain: [0, 1], axis: null },
      marks: [
        ...axisBelow({ label: `false alarms per ${unit}`, domain: [0, limit] }),
        ...axisLeft({ label: "share of failures caught", domain: [0, 1], text: shareText }),
        ...curves.toReversed().map(({ style, points }) =>
          Plot.line(
            thin(upTo(points, limit), 300, (point) => point.caught),
            {
              x: "falseAlarms",
              y: "caught",
              stroke: style.stroke,
              strokeWidth: 2,
              strokeDasharray: style.dash,
            },
          ),
        ),
        ...operating
          .toReversed()
          .map(({ x, y, style }) =>
            Plot.dot([[x, y]], { r: 6, fill: style.stroke, stroke: "var(--paper)", strokeWidth: 2 }),
          ),
      ],
    },
  });
  const failures = bestLearner(data)?.failures;
  const several = curves.length > 1 ? " each learner's" : " the";
  return figureWith({
    title: TITLE,
    reading: `Each point is one alarm threshold; the dot is${several} threshold in use (${chosen.join(", ")}). Further up and left is better.${defined(failures) ? ` N: ${count(failures)} failures.` : ""}`,
    plot,
    legend: legend(curves.map(({ style }) => style)),
  });
}

type PlanPoint = { falseAlarms: number; caught: number };

function sorted(points: readonly PlanPoint[]): PlanPoint[] {
  return points.toSorted((a, b) => a.falseAlarms - b.falseAlarms || a.caught - b.caught);
}

// The far end (an alarm at every row) would press the part that matters against the axis.
function readableLimit(curves: readonly { points: readonly PlanPoint[]; metrics: LearnerMetrics }[]): number {
  const rates = curves.map(({ metrics }) => orZero(metrics.falseAlarmsPerMachineMonth));
  const inUse = Math.max(0, ...rates);
  const reach = Math.max(0, ...curves.map(({ points }) => orZero(points[points.length - 1].falseAlarms)));
  // Room to the right of the best learner's threshold (the first), and just enough for the others'.
  const wanted = rates[0] > 0 ? Math.min(reach, rates[0] * 3) : reach;
  if (!(wanted > 0)) return 1;
  const step = niceStep(Math.max(wanted, inUse) / 5);
  return Math.ceil(Math.max(wanted, inUse) / step) * step;
}

function orZero(x: number | null): number {
  return defined(x) ? x : 0;
}

/** The points up to a limit, ending on it. */
function upTo(points: readonly PlanPoint[], limit: number): PlanPoint[] {
  const end = points.findIndex((point) => point.falseAlarms > limit);
  if (end < 0) return [...points];
  if (end === 0) return [];
  const [a, b] = [points[end - 1], points[end]];
  const part = (limit - a.falseAlarms) / (b.falseAlarms - a.falseAlarms);
  return [...points.slice(0, end), { falseAlarms: limit, caught: a.caught + part * (b.caught - a.caught) }];
}
