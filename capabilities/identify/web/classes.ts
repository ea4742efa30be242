import type { ClassName } from './ranking-api';
import type { Convention } from './ranking-state';

export type Thresholds = Readonly<{ a: number; b: number }>;
export type ClassCounts = Readonly<Record<ClassName, number>>;

/** Thresholds stay this far from each other and from the ends. */
const CLOSEST = 0.01;

/**
 * Class sizes from the cumulative shares of the positive customers, largest first. Convention
 * "before": a customer is A while the share before adding it is below a, so the one who crosses
 * the threshold still belongs to the higher class; "after": the share including it is at most a.
 */
export function countClasses(
  cumulative: readonly number[], { a, b }: Thresholds, convention: Convention,
): ClassCounts {
  const belongs = (index: number, limit: number) => {
    const before = index === 0 ? 0 : (cumulative[index - 1] ?? 1);
    return convention === 'before' ? before < limit : (cumulative[index] ?? 1) <= limit;
  };
  const upToA = firstNot(cumulative.length, (index) => belongs(index, a));
  const upToB = firstNot(cumulative.length, (index) => belongs(index, b));
  return { A: upToA, B: upToB - upToA, C: cumulative.length - upToB };
}

/** Binary search: the number of leading positions for which the test holds. */
function firstNot(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function classOfRank(rank: number, counts: ClassCounts): ClassName {
  if (rank <= counts.A) return 'A';
  return rank <= counts.A + counts.B ? 'B' : 'C';
}

/** Moves one threshold, keeping the order a < b and whole tenths of a percent. */
export function moveThreshold(
  thresholds: Thresholds, which: 'a' | 'b', share: number,
): Thresholds {
  const tidy = Math.round(share * 1000) / 1000;
  const low = which === 'a' ? CLOSEST : thresholds.a + CLOSEST;
  const high = which === 'a' ? thresholds.b - CLOSEST : 1 - CLOSEST;
  const kept = Math.round(Math.min(high, Math.max(low, tidy)) * 1000) / 1000;
  return { ...thresholds, [which]: kept };
}

/** The share that a pointer at this height means. */
export function shareAt(pointerY: number, plotTop: number, plotHeight: number): number {
  if (plotHeight <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - (pointerY - plotTop) / plotHeight));
}

/** The customer rank under a pointer, 1 … customers. */
export function rankAt(
  pointerX: number, plotLeft: number, plotWidth: number, customers: number,
): number {
  if (plotWidth <= 0) return 1;
  const position = Math.floor(((pointerX - plotLeft) / plotWidth) * customers) + 1;
  return Math.min(Math.max(1, customers), Math.max(1, position));
}

export type Bar = Readonly<{ from: number; to: number; height: number }>;

/** Bars for drawing: neighbours are averaged when there are more customers than bars. */
export function barsOf(values: readonly number[], most: number): readonly Bar[] {
  const count = Math.min(values.length, most);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.floor(((index + 1) * values.length) / count);
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += values[at] ?? 0;
    return { from, to, height: sum / Math.max(1, to - from) };
  });
}
