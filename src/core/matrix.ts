/** A feature matrix: rows are (machine, cutoff), columns are named float32 features; missing is NaN with the bits 7fc00000. */

/** Which machine and instant each row describes; sorted by machine, then cutoff. */
export interface Cutoffs {
  /** All machines of the fleet, sorted by UTF-8 bytes. */
  machines: readonly string[];
  /** Index into `machines`, one a row. */
  machine: Uint32Array;
  /** Microseconds since the epoch, or cycles; one a row. */
  cutoff: Float64Array;
}

export interface Matrix {
  rows: number;
  names: readonly string[];
  /** One array of `rows` values a name, in the order of `names`. */
  columns: readonly Float32Array[];
}

/** The rows of a matrix picked by index, in the order given. */
export function takeRows(matrix: Matrix, index: Uint32Array): Matrix {
  const columns = matrix.columns.map((column) => {
    const taken = new Float32Array(index.length);
    for (let i = 0; i < index.length; i++) taken[i] = column[index[i]];
    return taken;
  });
  return { rows: index.length, names: matrix.names, columns };
}

/** The rows of a list of cutoffs picked by index, in the order given. */
export function takeCutoffs(cutoffs: Cutoffs, index: Uint32Array): Cutoffs {
  return {
    machines: cutoffs.machines,
    machine: Uint32Array.from(index, (row) => cutoffs.machine[row]),
    cutoff: Float64Array.from(index, (row) => cutoffs.cutoff[row]),
  };
}
