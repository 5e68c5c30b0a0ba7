/** Round values inside a range, steps of 1, 2 or 5 times a power of ten, about as many as asked for. */
export function ticks(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const step = niceStep((high - low) / about);
  const values: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    // The division keeps 0.3 from becoming 0.30000000000000004.
    values.push(step >= 1 ? k * step : k / Math.round(1 / step) + 0);
  }
  return values;
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `step`; 1 where `step` is not a positive number. */
export function niceStep(step: number): number {
  if (!(step > 0) || step === Number.POSITIVE_INFINITY) return 1;
  let power = 1;
  while (power * 10 <= step) power *= 10;
  while (power > step) power /= 10;
  // Dividing down again and again gathers error; 1 / whole is exact to the last digit shown.
  const unit = power >= 1 ? power : 1 / Math.round(1 / power);
  const factor = step / unit;
  return unit * (factor <= 1.0000001 ? 1 : factor <= 2.0000001 ? 2 : factor <= 5.0000001 ? 5 : 10);
}

/** A tick as text, with only the decimals it needs. */
export function tickText(value: number): string {
  const text = Math.abs(value) >= 10_000 ? grouped(value) : String(Number(value.toFixed(6)));
  return text.replace("-", "−");
}

function grouped(value: number): string {
  return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");
}
