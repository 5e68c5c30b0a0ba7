/** Sets of whole instants as sorted lists of spans, `from` included, `to` excluded. */

export interface Span {
  from: number;
  to: number;
}

/** The union of spans in any order, as sorted spans that neither overlap nor touch; empty ones vanish. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const sorted = spans.filter((span) => span.from < span.to).sort((a, b) => a.from - b.from || a.to - b.to);
  const merged: Span[] = [];
  for (const { from, to } of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** What of `whole` is in none of `merged` (sorted, disjoint). */
export function gapsBetween(whole: Span, merged: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let from = whole.from;
  for (const span of merged) {
    const to = Math.min(span.from, whole.to);
    if (from < to) gaps.push({ from, to });
    from = Math.max(from, span.to);
  }
  if (from < whole.to) gaps.push({ from, to: whole.to });
  return gaps;
}
