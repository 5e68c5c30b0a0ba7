/** Groups of readings aligned to absolute time, of which long windows are assembled; what they mean is said in `moments`. */
import { u32At } from "./memory";
import { assembled, masked, MOMENTS, MOST_GROUPS } from "./moments";

/** Writes the moments of every group of the machines from..to, whose rows are starts[group]..starts[group + 1]. */
export function groupMoments(
  from: u32, to: u32, offsets: usize, groupOf: usize, starts: usize, lanes: usize, stride: usize, table: usize,
): void {
  for (let machine = from; machine < to; machine++) {
    const begin = u32At(offsets, machine);
    const end = u32At(offsets, machine + 1);
    if (begin == end) continue;
    const last = u32At(groupOf, end - 1);
    for (let group = u32At(groupOf, begin); group <= last; group++) {
      oneGroup(lanes, stride, u32At(starts, group), u32At(starts, group + 1), 0, 0, momentsOf(table, stride, group));
    }
  }
}

/**
 * The moments of the window begin..end (not empty) where readings may be late, so that those of its groups depend on the instant. `slots`
 * has room for the moments of MOST_GROUPS groups and a list of their addresses.
 */
export function grouped(
  lanes: usize, stride: usize, begin: u32, end: u32, knownAt: usize, instant: f64,
  groupOf: usize, starts: usize, slots: usize, moments: usize,
): void {
  const list = slots + MOST_GROUPS * 2 * MOMENTS;
  const first = u32At(groupOf, begin);
  const groups = u32At(groupOf, end - 1) - first + 1;
  for (let i: u32 = 0; i < groups; i++) {
    const slot = momentsOf(slots, stride, i);
    const from = max<u32>(begin, u32At(starts, first + i));
    oneGroup(lanes, stride, from, min<u32>(end, u32At(starts, first + i + 1)), knownAt, instant, slot);
    store<u32>(list + ((<usize>i) << 2), <u32>slot);
  }
  assembled(list, groups, 0, moments);
  if (stride == 32) assembled(list, groups, MOMENTS, moments + MOMENTS);
}

function oneGroup(
  lanes: usize, stride: usize, begin: u32, end: u32, knownAt: usize, instant: f64, moments: usize,
): void {
  masked(lanes, stride, begin, end, knownAt, instant, moments);
  if (stride == 32) masked(lanes + 16, stride, begin, end, knownAt, instant, moments + MOMENTS);
}

// @ts-ignore: decorator
@inline
function momentsOf(table: usize, stride: usize, group: u32): usize {
  return table + (<usize>group) * MOMENTS * (stride >> 4);
}
