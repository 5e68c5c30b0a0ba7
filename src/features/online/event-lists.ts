/** The lists of events that a plan reads: one a table and kind, or a table and any kind. */
import type { FleetSchema } from "../schema.ts";

export interface EventList {
  table: string;
  /** Undefined: of any kind. */
  kind: string | undefined;
  /** Visible strictly after its instant. */
  outcome: boolean;
}

/** Lists get their numbers as they are asked for, so that a plan always numbers them alike. */
export class EventLists {
  readonly all: EventList[] = [];
  readonly #schema: FleetSchema;
  readonly #numbers = new Map<string, number>();

  constructor(schema: FleetSchema) {
    this.#schema = schema;
  }

  number(table: string, kind: string | undefined): number {
    const key = JSON.stringify([table, kind]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.all.push({ table, kind, outcome: this.#schema.events[table].outcome });
    this.#numbers.set(key, number);
    return number;
  }

  /** The numbers of a table's lists. */
  ofTable(table: string): number[] {
    return this.all.flatMap((list, number) => (list.table === table ? [number] : []));
  }
}
