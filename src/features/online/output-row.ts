/** The output graph over a single row, its lookups made beforehand. */
import type { Featurizer } from "../featurizer.ts";
import { neededNodes } from "../outputs/graph.ts";
import { outputKind } from "../outputs/table.ts";

interface Slot {
  values: Float32Array;
}

/**
 * Writes the featurizer's columns for the row that the raw columns hold at the time of the call.
 * @param raw the one-row column of a raw feature
 */
export function outputRow(
  { outputs, names }: Featurizer,
  raw: (name: string) => Float32Array,
): (into: Float32Array) => void {
  const slots = new Map<string, Slot>();
  const slotOf = (name: string): Slot => slots.get(name) ?? { values: raw(name) };
  const steps: (() => void)[] = [];
  for (const node of neededNodes(outputs, names)) {
    const kind = outputKind(node);
    const made = kind.names(node);
    if (node.from === "raw") {
      slots.set(made[0], slotOf(node.name));
      continue;
    }
    const inputs = new Map(kind.inputs(node).map((name) => [name, slotOf(name)]));
    const column = (name: string) => (inputs.get(name) as Slot).values;
    const targets = made.map((): Slot => ({ values: new Float32Array(1) }));
    for (const [i, name] of made.entries()) slots.set(name, targets[i]);
    steps.push(() => {
      const values = kind.values(node, column);
      for (let i = 0; i < targets.length; i++) targets[i].values = values[i];
    });
  }
  const columns = names.map(slotOf);
  return (into) => {
    for (let i = 0; i < steps.length; i++) steps[i]();
    for (let i = 0; i < columns.length; i++) into[i] = columns[i].values[0];
  };
}
