/** The losses: their starting score, first and second derivatives by the raw score, and their mean over rows. */
import { exp, log, sigmoid } from "../../core/math.ts";
import type { Task } from "../../labels/labels.ts";
import { classWeights } from "../class-weights.ts";
import { exactWeightedSum } from "../exact.ts";
import type { WeightedRows } from "../rows.ts";

type Rows = Pick<WeightedRows, "target" | "weight" | "totalWeight">;

/** Scores, gradients and hessians are one array of rows an output. */
export interface Objective {
  outputs: number;
  /** The second derivative is 1 everywhere, so that a sum of hessians is a sum of weights. */
  unitHessian: boolean;
  /** The constant raw score of least loss, one an output. @throws DATA_ONE_CLASS */
  base(rows: Rows): number[];
  /** Per row, not yet weighted. Hessians are left alone where they are 1. */
  derivatives(scores: Float64Array[], target: Float64Array, gradients: Float64Array[], hessians: Float64Array[]): void;
  /** The weighted mean loss: log loss, or the squared error. */
  meanLoss(scores: Float64Array[], rows: Rows): number;
}

export function objectiveOf(task: Task): Objective {
  if (task.kind === "binary") return logLoss;
  return task.kind === "regression" ? squaredError : softmaxLoss(task.classes);
}

const logLoss: Objective = {
  outputs: 1,
  unitHessian: false,
  base({ target, weight }) {
    const [healthy, fails] = classWeights(target, weight, ["healthy", "fails"]);
    return [log(fails / healthy)];
  },
  derivatives([scores], target, [gradient], [hessian]) {
    for (let i = 0; i < target.length; i++) {
      const p = sigmoid(scores[i]);
      gradient[i] = p - target[i];
      hessian[i] = p * (1 - p);
    }
  },
  meanLoss([scores], rows) {
    return meanOf(rows, (i) => {
      const score = scores[i];
      return Math.max(score, 0) - score * rows.target[i] + log(1 + exp(-Math.abs(score)));
    });
  },
};

/** Half the squared error, so that the gradient is the residual; `meanLoss` gives the whole. */
const squaredError: Objective = {
  outputs: 1,
  unitHessian: true,
  base({ target, weight, totalWeight }) {
    return [exactWeightedSum(target, weight, totalWeight) / totalWeight];
  },
  derivatives([scores], target, [gradient]) {
    for (let i = 0; i < target.length; i++) gradient[i] = scores[i] - target[i];
  },
  meanLoss([scores], rows) {
    return meanOf(rows, (i) => {
      const residual = scores[i] - rows.target[i];
      return residual * residual;
    });
  },
};

/** The share given to a class that no training row has: its log stays finite. */
const ABSENT_CLASS_SHARE = 1e-6;

function softmaxLoss(classes: readonly string[]): Objective {
  return {
    outputs: classes.length,
    unitHessian: false,
    base({ target, weight, totalWeight }) {
      const weights = classWeights(target, weight, classes);
      return Array.from(weights, (sum) => log(Math.max(sum / totalWeight, ABSENT_CLASS_SHARE)));
    },
    derivatives(scores, target, gradients, hessians) {
      for (let i = 0; i < target.length; i++) {
        let largest = scores[0][i];
        for (const score of scores) largest = Math.max(largest, score[i]);
        let sum = 0;
        for (let k = 0; k < scores.length; k++) {
          gradients[k][i] = exp(scores[k][i] - largest);
          sum += gradients[k][i];
        }
        for (let k = 0; k < scores.length; k++) {
          const p = gradients[k][i] / sum;
          gradients[k][i] = target[i] === k ? p - 1 : p;
          hessians[k][i] = p * (1 - p);
        }
      }
    },
    meanLoss(scores, rows) {
      return meanOf(rows, (i) => {
        let largest = scores[0][i];
        for (const score of scores) largest = Math.max(largest, score[i]);
        let sum = 0;
        for (const score of scores) sum += exp(score[i] - largest);
        return largest + log(sum) - scores[rows.target[i]][i];
      });
    },
  };
}

/** Summed exactly, so that early stopping does not depend on the order of the rows. */
function meanOf({ target, weight, totalWeight }: Rows, loss: (row: number) => number): number {
  const losses = new Float64Array(target.length);
  for (let i = 0; i < losses.length; i++) losses[i] = loss(i);
  return exactWeightedSum(losses, weight, totalWeight) / totalWeight;
}
