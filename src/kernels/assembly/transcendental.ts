/** exp and log as src/core/math.ts has them, step by step: the same bits. */

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const INVERSE_LN2: f64 = 1.4426950408889634;
const SQRT2: f64 = 1.4142135623730951;

/** e to the power x. */
export function exp(x: f64): f64 {
  if (x != x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = floor<f64>(INVERSE_LN2 * x + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  return scale(1 - (low - (r * c) / (2 - c) - high), <i32>k);
}

/** The natural logarithm of x; NaN below 0, -Infinity at 0. */
export function log(x: f64): f64 {
  if (x != x || x < 0) return NaN;
  if (x == 0) return -Infinity;
  if (x == Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  const bits = reinterpret<u64>(subnormal ? x * 18014398509481984 : x);
  let k = <i32>((bits >> 52) & 0x7ff) - 1023 - (subnormal ? 54 : 0);
  let mantissa = reinterpret<f64>((bits & 0x800fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > SQRT2) {
    mantissa /= 2;
    k += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return <f64>k * LN2_HIGH - (half - (s * (half + even + odd) + <f64>k * LN2_LOW) - f);
}

/** x times 2 to the power k, in two steps where that power has no float64 of its own. */
function scale(x: f64, k: i32): f64 {
  if (k > 1023) return x * power(1023) * power(k - 1023);
  if (k < -1022) return x * power(-1022) * power(k + 1022);
  return x * power(k);
}

function power(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52);
}
