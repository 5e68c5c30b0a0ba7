/** Axes with our own ticks and text: no locale, no automatic format, a label that says the unit. */
import * as Plot from "@observablehq/plot";
import { ticks, tickText } from "./ticks.ts";

interface AxisOptions {
  label: string;
  domain: readonly [low: number, high: number];
  /** Where ticks stand. Default: about five round values. */
  at?: readonly number[];
  /** Default: the plain number. */
  text?: (value: number) => string;
}

/** A horizontal axis at the foot, with its label centred below. */
export function axisBelow({ label, domain, at, text = tickText }: AxisOptions): Plot.Markish[] {
  const values = [...(at ?? ticks(domain[0], domain[1], 5))];
  return [
    Plot.ruleX(values, { stroke: "var(--grid)" }),
    Plot.axisX(values, {
      tickFormat: text,
      tickSize: 0,
      label,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 32,
      fill: "var(--muted)",
    }),
  ];
}

/** A vertical axis at the left, with its label above it, reading left to right. */
export function axisLeft({ label, domain, at, text = tickText }: AxisOptions): Plot.Markish[] {
  const values = [...(at ?? ticks(domain[0], domain[1], 5))];
  return [
    Plot.ruleY(values, { stroke: "var(--grid)" }),
    Plot.axisY(values, {
      tickFormat: text,
      tickSize: 0,
      label,
      labelAnchor: "top",
      labelArrow: "none",
      fill: "var(--muted)",
    }),
  ];
}

/** Shares from 0 to 1 as "0 %" to "100 %". */
export function shareText(value: number): string {
  return `${tickText(Math.round(value * 1000) / 10)} %`;
}

/** The margins that the two axes above need. */
export const AXIS_MARGINS = { marginLeft: 44, marginRight: 14, marginTop: 26, marginBottom: 40 };
