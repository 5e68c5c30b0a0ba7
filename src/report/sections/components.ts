/** How the failures of each component fared with the best learner, where there are several components. */
import { compareBytes } from "../../core/order.ts";
import type { FailureTimeline, ReportData } from "../data.ts";
import { count, percent, plural } from "../format.ts";
import type { Markup } from "../html.ts";
import { table } from "../table.ts";

const MOST = 20;

export function componentsTable(data: ReportData): Markup | null {
  const by = new Map<string, FailureTimeline[]>();
  for (const failure of data.failures) {
    const same = by.get(failure.component);
    if (same === undefined) by.set(failure.component, [failure]);
    else same.push(failure);
  }
  if (data.best === null || by.size < 2) return null;
  const components = [...by].sort(([a, of], [b, than]) => than.length - of.length || compareBytes(a, b));
  const rows = components.slice(0, MOST).map(([component, failures]) => row(component || "not named", failures));
  const others = components.slice(MOST);
  if (others.length > 0)
    rows.push(
      row(
        plural(others.length, "other"),
        others.flatMap(([, failures]) => failures),
      ),
    );
  return table({
    caption: `The failures by component, with ${data.best}`,
    head: ["Component", "Caught", "Late", "Missed", "Partly observed"],
    rows,
  });
}

function row(name: string, failures: readonly FailureTimeline[]): string[] {
  const of = (outcome: FailureTimeline["outcome"]) => failures.filter((failure) => failure.outcome === outcome).length;
  const caught = of("caught");
  const counted = failures.length - of("partly observed");
  return [
    name,
    counted === 0 ? "–" : `${count(caught)} of ${count(counted)} (${percent(caught / counted)})`,
    count(of("late")),
    count(of("missed")),
    count(of("partly observed")),
  ];
}
