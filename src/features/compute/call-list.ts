/** The calls that fill the columns of a plan, as lists in the order to run them in. */
import type { Fleet } from "../../core/fleet.ts";
import type { CutoffColumns, KernelCall } from "../../kernels/calls.ts";
import type { LayoutMemory } from "../../kernels/counted-memory.ts";
import type { Address } from "../../kernels/memory.ts";
import type { ModuleCall } from "../custom/module-call.ts";
import type { FeaturePlan } from "../plan.ts";
import type { FleetRows } from "./fleet-rows.ts";

export class CallList {
  readonly rows: CutoffColumns;
  /** Calls to run over machines, before all others. */
  readonly preparations: KernelCall[] = [];
  /** Calls to run over cutoffs, in order. */
  readonly calls: KernelCall[] = [];
  /** Calls of users' own functions, to run over cutoffs after all others. */
  readonly moduleCalls: ModuleCall[] = [];
  readonly #machines: Pick<ModuleCall, "machines" | "time">;
  readonly #memory: LayoutMemory;
  readonly #wanted: ReadonlySet<string>;
  readonly #outputs = new Map<string, Address>();
  readonly #bytes: number;

  constructor({ machines, time }: Fleet, plan: FeaturePlan, rows: FleetRows, memory: LayoutMemory) {
    this.#machines = { machines, time };
    this.#memory = memory;
    this.#wanted = new Set(plan.rawNames);
    this.#bytes = rows.cutoff.length * 4;
    this.rows = { machine: memory.uint32(rows.machine), cutoff: memory.float64(rows.cutoff) };
  }

  /** Adds a call; one that would fill no wanted column is left out. */
  call(call: KernelCall): void {
    if (call.emits?.every((column) => column === 0)) return;
    this.calls.push(call);
  }

  /** Adds a call of a user's own function, which runs after the kernels. */
  callModule(call: Omit<ModuleCall, "rows" | "machines" | "time">): void {
    this.moduleCalls.push({ ...call, rows: this.rows, ...this.#machines });
  }

  /** Whether a raw column is wanted at all. */
  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  /** The float32 column of a raw feature, to be filled by a call; 0 where it is not wanted. */
  output(name: string): Address {
    if (!this.wants(name)) return 0;
    const address = this.#memory.allocate(this.#bytes);
    this.#outputs.set(name, address);
    return address;
  }

  /** The columns made so far, by name. */
  get outputs(): ReadonlyMap<string, Address> {
    return this.#outputs;
  }
}
