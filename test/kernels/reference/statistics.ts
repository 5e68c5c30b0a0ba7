/** The plain twins of the kernels: one cutoff at a time, over the records of one machine. */

export interface Reading {
  time: number;
  knownAt: number;
  /** Missing is NaN. */
  value: number;
}

export interface Event {
  time: number;
  knownAt: number;
}

/** The known readings of a window (t - shift - length, t - shift], none at or before the anchor. */
export function readingsIn(
  readings: readonly Reading[],
  t: number,
  { length, shift = 0, anchor = Number.NaN }: { length: number; shift?: number; anchor?: number },
): Reading[] {
  return readings
    .filter(({ time }) => time > t - shift - length && time <= t - shift && !(time <= anchor))
    .filter(({ value, knownAt }) => !Number.isNaN(value) && knownAt <= t);
}

/** All statistics of a window's known readings, by their definition: over groups of readings with the same floor(time / block). */
export function statistics(
  window: readonly Reading[],
  t: number,
  { unit, block }: { unit: number; block: number },
): Record<string, number> {
  const values = window.map(({ value }) => value);
  const ages = window.map(({ time }) => (time - t) / unit);
  const count = values.length;
  const groups = [...new Set(window.map(({ time }) => Math.floor(time / block)))].map((index) =>
    moments(window.filter(({ time }) => Math.floor(time / block) === index).map(({ value }) => value)),
  );
  const total = sum(groups.map((group) => group.sum));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const mean = least === most ? least : total / count;
  const squares = groups.map((group) => group.squares + group.count * ((group.mean - mean) * (group.mean - mean)));
  const deviations = values.map((value) => value - mean);
  const fromMeanAge = ages.map((age) => age - sum(ages) / count);
  const some = (value: number) => (count > 0 ? value : Number.NaN);
  const two = (value: number) => (count > 1 ? value : Number.NaN);
  return {
    mean: some(mean),
    sd: two(Math.sqrt(sum(squares) / (count - 1))),
    min: some(least),
    max: some(most),
    range: some(most - least),
    last: values.at(-1) ?? Number.NaN,
    slope: two(sum(fromMeanAge.map((age, i) => age * deviations[i])) / sum(fromMeanAge.map((age) => age * age))),
    count,
    sum: some(total),
    first: values[0] ?? Number.NaN,
  };
}

function moments(values: readonly number[]) {
  const total = sum(values);
  const constant = values.every((value) => value === values[0]);
  const mean = constant ? values[0] : total / values.length;
  return {
    count: values.length,
    sum: total,
    mean,
    squares: sum(values.map((value) => (value - mean) * (value - mean))),
  };
}

/** The quantile of a window's known readings at a share of them. */
export function quantile(window: readonly Reading[], share: number): number {
  const sorted = window.map(({ value }) => value).sort((a, b) => Number(a > b) - Number(a < b));
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined) return Number.NaN;
  const rest = place - Math.floor(place);
  return low === high ? low : low * (1 - rest) + high * rest;
}

export function visibleEvents(events: readonly Event[], t: number, outcome: boolean): Event[] {
  return events.filter(({ time, knownAt }) => {
    const seenAt = Math.max(time, knownAt);
    return outcome ? seenAt < t : seenAt <= t;
  });
}

/** The time in use since an anchor, second by second in the fleet's smallest unit: no sums of spans. */
export function usedTime(
  readings: readonly Reading[],
  t: number,
  { anchor, above, hold }: { anchor: number; above: number; hold: number },
): number {
  const known = readings.filter(({ time, value, knownAt }) => time <= t && knownAt <= t && !Number.isNaN(value));
  if (!known.some(({ time }) => time <= anchor)) return Number.NaN;
  let used = 0;
  for (let instant = anchor; instant < t; instant++) {
    const holding = known.findLast(({ time }) => time >= anchor && time <= instant);
    if (holding !== undefined && holding.value > above && instant - holding.time < hold) used++;
  }
  return used;
}

/** The bits a value is emitted with. */
export function emittedBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc00000;
  const narrow = Float32Array.of(value === 0 || Math.fround(value) === 0 ? 0 : value);
  return new Uint32Array(narrow.buffer)[0];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
