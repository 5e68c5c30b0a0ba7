/** What a telemetry source is called in messages, reports and warnings: as the pipeline would name it. */

/** "telemetry" where there is one source, "telemetry[0]" and so on where there are several. */
export function telemetryName(i: number, sources: number): string {
  return sources === 1 ? "telemetry" : `telemetry[${i}]`;
}
