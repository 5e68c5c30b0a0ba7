/** A plan as text for a terminal. */
import type { PlanDescription } from "../pipeline/describe-plan.ts";

export function planText(plan: PlanDescription): string {
  const lines = [
    `pipeline   ${plan.pipeline}`,
    ...plan.sources.map(
      ({ source, files, read, used, quarantined }, i) =>
        `${i === 0 ? "sources" : ""}`.padEnd(11) +
        `${source}: ${read} rows in ${files} file${files === 1 ? "" : "s"}, ${used} used${setAside(quarantined)}`,
    ),
    `time       ${plan.span.first} to ${plan.span.last}`,
    `rows       ${plan.rows} cutoffs of ${plan.machines} machines, ${plan.failing} failing, ${plan.censored} censored`,
    `columns    ${plan.columns.length}, longest window ${plan.lookback}`,
    ...plan.columns.map((name) => `           ${name}`),
    memory(plan.memory),
    ...plan.folds.map(
      ({ name, train, evaluate, skipped }, i) =>
        `${i === 0 ? "folds" : ""}`.padEnd(11) +
        `${name}: ${train} rows train, ${evaluate} evaluate${skipped === undefined ? "" : `; skipped: ${skipped}`}`,
    ),
    `learners   ${plan.learners.join(", ")}`,
    ...plan.warnings.map((warning) => `warning    ${warning}`),
  ];
  return `${lines.join("\n")}\n`;
}

function memory({ bytes, disk, groups }: PlanDescription["memory"]): string {
  const inGroups = `${groups} group${groups === 1 ? "" : "s"} of machines`;
  return `memory     ${amount(bytes)} to compute them in ${inGroups}, ${amount(disk)} on disk`;
}

function amount(bytes: number): string {
  return bytes < 1e9
    ? `${Math.max(0.1, Number((bytes / 1e6).toPrecision(2)))} MB`
    : `${(bytes / 1e9).toPrecision(2)} GB`;
}

function setAside(quarantined: Readonly<Record<string, number>>): string {
  return Object.entries(quarantined)
    .map(([reason, rows]) => `, ${rows} set aside (${reason})`)
    .join("");
}
