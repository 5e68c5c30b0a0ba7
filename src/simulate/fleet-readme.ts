/** The page that goes with a simulated archive: its columns, its physics, and how to make it again. */
import { DAY } from "./clock.ts";
import { components, models, NUISANCE_ERROR, sensors } from "./physics.ts";
import type { SimulatedFleet } from "./simulated-fleet.ts";

export function fleetReadme(fleet: SimulatedFleet): string {
  const days = (fleet.end - fleet.start) / DAY;
  const running = fleet.machines.length - 1;
  const start = new Date(fleet.start).toISOString().slice(0, 10);
  const planned = fleet.downtime.filter(({ reason }) => reason === "maintenance").length;
  return `# A simulated fleet

${running} presses, ${days} days from ${start}, a reading every ${fleet.stepHours} h. No real machine is behind it: it comes from
\`simulateFleet({ seed: ${fleet.seed}, machines: ${running}, days: ${days}, start: "${start}", every: "${fleet.stepHours}h" })\` and is the same, to the byte, wherever that runs.

| file | rows | columns |
| --- | --- | --- |
| telemetry/*.parquet | ${fleet.telemetry.time.length} | machine, time, ${sensors.map(({ sensor, unit }) => `${sensor} (${unit})`).join(", ")} |
| errors.csv | ${fleet.errors.length} | machine, time, code |
| maintenance.csv | ${fleet.maintenance.length} | machine, time, component: replacements, planned and after a failure, from half a year before the telemetry on |
| failures.csv | ${fleet.failures.length} | machine, time, component |
| downtime.csv | ${fleet.downtime.length} | machine, start, end, reason: repair or maintenance (${planned}); no end while it lasts |
| machines.csv | ${fleet.machines.length} | machine, model, age (years, sometimes unknown), site, power_kw, commissioned, retired; the last one has no telemetry yet |
| schedule.csv | ${components.length} | component, interval_hours: the recommended time between replacements |
| limits.csv | | sensor, unit, model (empty: all), low, high |

Times are UTC. A missing reading is null; a machine that is down sends nothing.

## The physics
- A press has a bearing, a motor and a seal. Each part's hidden wear grows with the load to the power 1.8, in uneven steps, at a speed of its own (log-normal spread of manufacturing, sd 0.32)
  times that of its machine and model (${models.map(({ model, wearFactor }) => `${model} ${wearFactor}`).join(", ")}).
- When wear is used up a defect begins and grows exponentially, in the median over ${components.map(({ component, medianDefectHours }) => `${medianDefectHours} h (${component})`).join(", ")} at nominal load; then the part fails.
  A few failures come without any defect.
- Sensors follow load (shifts, nights, Sundays, orders), weather and, weakly, wear; a defect of the bearing shows in vibration, of the motor in temperature and current, of the seal in
  pressure. Noise is part white, part slow; every machine has an offset of its own.
- Error codes ${components.map(({ component, error }) => `${error} (${component})`).join(", ")} come now and then, and more often as a defect grows; ${NUISANCE_ERROR} means nothing.
- After a failure the machine is down for 5 to 19 hours; the part's maintenance record is written when it runs again. Planned replacements follow the recommended interval, three in
  four within days, the others much later, or too late.
`;
}
