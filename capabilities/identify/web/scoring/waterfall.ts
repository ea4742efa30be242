import { parseDecimal, roundTo } from '@/lib/decimal';
import type { Contribution } from './scoring-api';

export type Step = Readonly<{ part: Contribution; from: number; to: number }>;

const HUNDREDTHS = 2;

function hundredths(text: string): number {
  const decimal = parseDecimal(text);
  return decimal ? Number(roundTo(decimal, HUNDREDTHS).digits) : 0;
}

/** Where each part begins and ends, in points; the last one ends at the composite. */
export function stepsOf(contributions: readonly Contribution[]): readonly Step[] {
  let sum = 0;
  return contributions.map((part) => {
    const from = sum;
    sum += hundredths(part.contribution);
    return { part, from: from / 100, to: sum / 100 };
  });
}
