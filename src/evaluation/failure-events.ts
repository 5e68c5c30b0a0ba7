/** Failures as a machine suffers them: components that fail at one instant are one event. */
import type { History } from "../labels/labels.ts";

export interface FailureEvent {
  /** Index into the machines. */
  machine: number;
  /** The component, or all that failed at that instant in the order of bytes: "comp1+comp3". */
  component: string;
  time: number;
}

/** Sorted by machine, then time; (machine, time) is unique. */
export function failureEvents({ failures }: History): FailureEvent[] {
  const events: FailureEvent[] = [];
  for (const { machine, component, time } of failures) {
    const last = events.at(-1);
    if (last !== undefined && last.machine === machine && last.time === time) last.component += `+${component}`;
    else events.push({ machine, component, time });
  }
  return events;
}
