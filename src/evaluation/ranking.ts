/** Rows in falling order of score with ties grouped, and the figures that depend on that order alone. */

export interface Ranking {
  /** Row numbers, highest score first. */
  order: Uint32Array;
  /** 1 where the next row in order has a lower score (or there is none): the end of a group of ties. */
  groupEnd: Uint8Array;
}

export interface RankFigures {
  /** Null without a positive row. */
  averagePrecision: number | null;
  /** Null unless both classes occur. */
  rocAuc: number | null;
}

/** Sorts rows by score. Scores are never NaN. */
export function rankRows(score: Float64Array): Ranking {
  const order = Uint32Array.from(score, (_, row) => row).sort((a, b) => score[b] - score[a] || a - b);
  const groupEnd = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) groupEnd[i] = score[order[i]] === score[order[i + 1]] ? 0 : 1;
  return { order, groupEnd };
}

/**
 * Average precision and the area under the ROC curve as a function of how often each slot counts: sorted once, so that a
 * bootstrap can ask many times.
 * @param positive 1 for a row that fails, one a row
 * @param slot the slot of each row (a machine, in a bootstrap over machines). Default: one slot for all.
 * @returns the figures where a row of slot s counts `copies[s]` times
 */
export function rankFigures(
  positive: Uint8Array,
  score: Float64Array,
  slot: Uint32Array = new Uint32Array(score.length),
): (copies: Float64Array) => RankFigures {
  const { order, groupEnd } = rankRows(score);
  // Gathered in the order of the ranking, so that memory is read from front to back.
  const rankedSlot = Uint32Array.from(order, (row) => slot[row]);
  const rankedPositive = Uint8Array.from(order, (row) => positive[row]);
  return (copies) => weightedFigures(rankedSlot, rankedPositive, groupEnd, copies);
}

function weightedFigures(
  slot: Uint32Array,
  positive: Uint8Array,
  groupEnd: Uint8Array,
  copies: Float64Array,
): RankFigures {
  let positives = 0;
  let negatives = 0;
  let groupPositives = 0;
  let groupNegatives = 0;
  let precisionSum = 0;
  let pairsLost = 0;
  for (let i = 0; i < slot.length; i++) {
    if (positive[i] === 1) groupPositives += copies[slot[i]];
    else groupNegatives += copies[slot[i]];
    if (groupEnd[i] === 0) continue;
    if (groupPositives > 0) {
      pairsLost += groupPositives * (negatives + groupNegatives / 2);
      positives += groupPositives;
      precisionSum += groupPositives * (positives / (positives + negatives + groupNegatives));
    }
    negatives += groupNegatives;
    groupPositives = 0;
    groupNegatives = 0;
  }
  return {
    averagePrecision: positives > 0 ? precisionSum / positives : null,
    rocAuc: positives > 0 && negatives > 0 ? 1 - pairsLost / (positives * negatives) : null,
  };
}
