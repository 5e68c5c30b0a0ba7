/** An archive's health for a terminal: the most serious first, then what is there. */
import { parseInstant, type TimeKind } from "../core/time.ts";
import type { Finding } from "./finding.ts";
import type { ArchiveHealth, EventHealth, SpanText, TelemetryHealth } from "./health.ts";
import { count, grouped, instantText, share } from "./words.ts";
import { alignColumns, wrap } from "./wrap.ts";

const marks = { refused: "✗", warning: "!", note: "·" } as const;

/** @param width of the terminal, in characters */
export function healthText(health: ArchiveHealth, width: number): string {
  const lines = [
    ...wrap(heading(health), width),
    "",
    ...(["refused", "warning", "note"] as const).flatMap((severity) => findingLines(health, severity, width)),
    ...sourceLines(health),
    ...health.telemetry.flatMap((one) => telemetryLines(one, health, width)),
    ...eventLines(health, width),
    ...labelLines(health),
    verdict(health),
  ];
  return `${lines.join("\n")}\n`;
}

function heading({ folder, machines, telemetry, time }: ArchiveHealth): string {
  const rows = telemetry.reduce((total, one) => total + one.rows, 0);
  const sensors = telemetry.reduce((total, one) => total + one.sensors.length, 0);
  const spans = telemetry.flatMap(({ span }) => span ?? []);
  const span = spans.length === 0 ? "" : `, ${spanWords(spans, time)}`;
  return `${folder}: ${count(machines.length, "machine")}, ${count(rows, "row")} of ${count(sensors, "sensor")}${span}`;
}

function spanWords(spans: readonly SpanText[], time: TimeKind): string {
  const instants = spans.flatMap(({ first, last }) => [parseInstant(first, time), parseInstant(last, time)]);
  return `${instantText(Math.min(...instants), time)} to ${instantText(Math.max(...instants), time)}`;
}

const titles = {
  refused: "What a run refuses",
  warning: "What may make figures wrong",
  note: "Worth knowing",
} as const;

function findingLines({ findings }: ArchiveHealth, severity: Finding["severity"], width: number): string[] {
  const of = findings.filter((one) => one.severity === severity);
  if (of.length === 0) return [];
  return [
    titles[severity],
    ...of.flatMap(({ source, finding, where, todo }) => [
      ...wrap(`${source}: ${finding}`, width, `${marks[severity]} `),
      ...(where === undefined ? [] : wrap(where, width, "  in ")),
      ...(todo === undefined ? [] : wrap(todo, width, "  → ")),
    ]),
    "",
  ];
}

function sourceLines({ sources, time }: ArchiveHealth): string[] {
  const rows = sources.map(({ source, files, rows, span }) => {
    const bytes = files.reduce((total, one) => total + (one.bytes ?? 0), 0);
    const [first, last] =
      span === null ? ["", ""] : [span.first, span.last].map((one) => instantText(parseInstant(one, time), time));
    return [source, String(files.length), grouped(rows), bytesText(bytes), first, last];
  });
  return [...alignColumns([["source", "files", "rows", "size", "first", "last"], ...rows], [1, 2, 3]), ""];
}

function bytesText(bytes: number): string {
  const [unit, size] = bytes >= 1e9 ? ["GB", 1e9] : bytes >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
  return `${(bytes / size).toFixed(bytes / size >= 10 ? 0 : 1)} ${unit}`;
}

function telemetryLines(
  { source, every, regular, gaps, sensors }: TelemetryHealth,
  { machines }: ArchiveHealth,
  width: number,
): string[] {
  const rate = every === null ? "no two readings" : `every ${every}`;
  const even = regular === null ? "" : `, ${share(regular, 1)} of the intervals so`;
  const title = `${source}: ${rate}${even}, ${count(gaps, "gap")}, ${count(machines.length, "machine")}`;
  const rows = sensors.map((one) => [
    one.sensor,
    grouped(one.readings),
    share(one.missing, one.readings + one.missing),
    numberText(one.low),
    numberText(one.middle),
    numberText(one.high),
    one.stuck === 0 ? "" : String(one.stuck),
    one.beyondLimits === null ? "" : grouped(one.beyondLimits),
  ]);
  const head = ["sensor", "readings", "missing", "1 %", "median", "99 %", "stuck", "beyond limits"];
  return [...wrap(title, width), ...alignColumns([head, ...rows], [1, 2, 3, 4, 5, 6, 7]), ""];
}

function numberText(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(4)));
}

function eventLines({ events }: ArchiveHealth, width: number): string[] {
  if (events.length === 0) return [];
  const named = Math.max(...events.map(({ source }) => source.length));
  return [
    ...events.flatMap((event) => {
      const { source, kinds } = event;
      const first = kinds.slice(0, 12).map(({ kind, rows }) => `${kind === "" ? "(no kind)" : kind} ${grouped(rows)}`);
      const more = kinds.length > 12 ? `, and ${count(kinds.length - 12, "kind")} more` : "";
      const text = `${rowsOfMachines(event)}: ${first.join(", ")}${more}`;
      return wrap(text, width, `${source.padEnd(named)}  `);
    }),
    "",
  ];
}

function rowsOfMachines({ rows, unknown, machines, unknownMachines }: EventHealth): string {
  const all = `${count(rows, "row")} of ${count(machines + unknownMachines, "machine")}`;
  if (unknown === 0) return all;
  return `${all}, ${grouped(unknown)} of them of ${count(unknownMachines, "machine")} without telemetry`;
}

function labelLines({ labels }: ArchiveHealth): string[] {
  if (labels === null) return [];
  const { failures, withinTelemetry, every, horizons } = labels;
  const title = `${count(failures, "failure")}, ${grouped(withinTelemetry)} within the telemetry. Rows every ${every} that fail within:`;
  const rows = horizons.map(({ horizon, failing, healthy, censored }) => [
    horizon,
    grouped(failing),
    share(failing, failing + healthy),
    grouped(healthy),
    grouped(censored),
  ]);
  if (rows.length === 0) return [title, ""];
  return [
    title,
    ...alignColumns([["horizon", "failing", "share", "healthy", "unknown"], ...rows], [0, 1, 2, 3, 4]),
    "",
  ];
}

function verdict({ findings, accepted }: ArchiveHealth): string {
  const of = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  if (!accepted)
    return `✗ a run refuses this archive: ${count(of("refused"), "reason")}, ${count(of("warning"), "warning")}`;
  return of("warning") === 0
    ? "✓ a run takes this archive"
    : `✓ a run takes this archive, with ${count(of("warning"), "warning")}`;
}
