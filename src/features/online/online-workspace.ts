/** The workspace of a single row: what words ask for lies in rows that come and go, of the machine that is pointed at. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { EventColumns, ReadingColumns } from "../../kernels/calls.ts";
import type { KindColumn } from "../../kernels/event-calls.ts";
import type { Address, KernelMemory } from "../../kernels/memory.ts";
import type { GroupColumns, LaneColumns } from "../../kernels/rolling-call.ts";
import { Workspace } from "../compute/workspace.ts";
import type { FeaturePlan } from "../plan.ts";

/** Where the rows are. */
export interface RowSources {
  readings(sensor: string): ReadingColumns;
  coverage(): ReadingColumns;
  times(table: string): Omit<ReadingColumns, "values">;
  lanes(table: string, sensors: readonly string[]): LaneColumns;
  groups(table: string, window: number): GroupColumns;
  cycleStarts(table: string): Address;
  events(table: string, kind: string | undefined): EventColumns;
  kinds(table: string): KindColumn;
}

/** A fact: its cell of float64, and its value for a machine at an instant. */
export interface FactCell {
  address: Address;
  value(machine: number, instant: number): number;
}

export class OnlineWorkspace extends Workspace {
  readonly facts: FactCell[] = [];
  readonly #memory: KernelMemory;
  readonly #sources: RowSources;
  readonly #commissionedAt: (machine: number) => number;
  #commissioned: Address = 0;

  /** @param fleet its facts count, and the number of its rows; the rows themselves are in `sources` */
  constructor(fleet: Fleet, plan: FeaturePlan, memory: KernelMemory, sources: RowSources) {
    super(fleet, plan, { machines: fleet.machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(0) }, memory);
    this.#memory = memory;
    this.#sources = sources;
    const known = fleet.machineTable?.commissionedAt;
    const otherwise = fleet.time === "cycles" ? 0 : Number.NaN;
    this.#commissionedAt = (machine) => {
      const instant = known?.[machine] ?? Number.NaN;
      return Number.isNaN(instant) ? otherwise : instant;
    };
  }

  override readings(sensor: string): ReadingColumns {
    return this.#sources.readings(sensor);
  }

  override coverage(): ReadingColumns {
    return this.#sources.coverage();
  }

  override events(table: string, kind: string | undefined): EventColumns {
    return this.#sources.events(table, kind);
  }

  override kinds(table: string): KindColumn {
    return this.#sources.kinds(table);
  }

  /** Events come and go, so that sequences are found anew. */
  override sequences(): undefined {
    return undefined;
  }

  /** Rows come and go, so that held time is added anew. */
  override heldTime(): Address {
    return 0;
  }

  override commissioned(): Address {
    if (this.#commissioned === 0) this.#commissioned = this.asOf(this.#commissionedAt);
    return this.#commissioned;
  }

  protected override asOf(value: (machine: number, instant: number) => number): Address {
    const address = this.#memory.allocate(8);
    this.facts.push({ address, value });
    return address;
  }

  protected override lanes({ name }: Telemetry, sensors: readonly string[]): LaneColumns {
    return this.#sources.lanes(name, sensors);
  }

  protected override groups({ name }: Telemetry, window: number): GroupColumns & { groups: number } {
    // How many groups there are matters only where their moments are kept.
    return { ...this.#sources.groups(name, window), groups: 0 };
  }

  protected override cycleStarts(table: string): Address {
    return this.#sources.cycleStarts(table);
  }

  protected override times({ name }: Telemetry): Omit<ReadingColumns, "values"> {
    return this.#sources.times(name);
  }
}
