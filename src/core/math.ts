/**
 * exp, log and sin from additions and multiplications alone, so that they give the same bits on every engine and processor
 * (`Math.exp` and its like may differ between them and are banned outside this file). Error below 1 ulp (exp, log), 2 ulp (sin;
 * near its zeros other than 0 below 2^-52).
 * Method: argument reduction with a two-part constant and a polynomial, after W. J. Cody and W. Waite, "Software Manual for the
 * Elementary Functions", 1980, with the coefficients of FreeBSD's msun.
 */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;

/** e to the power x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(INVERSE_LN2 * x + 0.5);
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
  return scale(1 - (low - (r * c) / (2 - c) - high), k);
}

/** The natural logarithm of x; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let [mantissa, k] = split(x);
  if (mantissa > Math.SQRT2) {
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
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** The sine of x, in radians, for |x| up to 1e6. */
export function sin(x: number): number {
  const quadrant = Math.round(x / (Math.PI / 2));
  const r = x - quadrant * 1.5707963267341256 - quadrant * 6.077100506506192e-11;
  const z = r * r;
  const sine =
    r +
    r *
      z *
      (-0.16666666666666632 +
        z *
          (0.00833333333332249 +
            z *
              (-0.0001984126982985795 +
                z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)))));
  const cosine =
    1 -
    z / 2 +
    z *
      z *
      (0.0416666666666666 +
        z *
          (-0.001388888888887411 +
            z *
              (0.00002480158728947673 +
                z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const turn = ((quadrant % 4) + 4) % 4;
  return turn === 0 ? sine : turn === 1 ? cosine : turn === 2 ? -sine : -cosine;
}

/** The logistic function 1 / (1 + exp(-x)). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

const bits = new DataView(new ArrayBuffer(8));

function split(x: number): [mantissa: number, exponent: number] {
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = bits.getUint32(0);
  const exponent = ((high >>> 20) & 0x7ff) - 1023 - (subnormal ? 54 : 0);
  bits.setUint32(0, (high & 0x800fffff) | 0x3ff00000);
  return [bits.getFloat64(0), exponent];
}

function scale(x: number, k: number): number {
  if (k > 1023) return x * 2 ** 1023 * 2 ** (k - 1023);
  if (k < -1022) return x * 2 ** -1022 * 2 ** (k + 1022);
  return x * 2 ** k;
}
