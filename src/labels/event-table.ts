/** An event table of the fleet by its name. */
import { ForewarnError } from "../core/errors.ts";
import type { Events, Fleet } from "../core/fleet.ts";
import { didYouMean } from "../core/suggest.ts";

/** @throws PIPELINE_TABLE_MISSING when the fleet has no such table. */
export function eventTable(fleet: Fleet, name: string, option: string): Events {
  if (Object.hasOwn(fleet.events, name)) return fleet.events[name];
  const known = Object.keys(fleet.events);
  throw new ForewarnError("PIPELINE_TABLE_MISSING", {
    problem: "the pipeline names an event table it does not load",
    expected: "one of its event tables",
    found: JSON.stringify(name),
    where: option,
    hint: didYouMean(name, known),
  });
}
