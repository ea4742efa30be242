import { describe, expect, it } from 'vitest';
import type { Contribution } from './scoring-api';
import { stepsOf } from './waterfall';

const part = (key: string, contribution: string): Contribution => ({
  key, contribution, input: null, band: 0, points: '0', weight: '1', counts: true,
});

describe('the parts of a score', () => {
  it('begin where the one before ends and add up to the composite exactly', () => {
    const steps = stepsOf([part('a', '33.33'), part('b', '0.00'), part('c', '33.34')]);
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [0, 33.33], [33.33, 33.33], [33.33, 66.67],
    ]);
  });

  it('do not drift where fractions of two would', () => {
    const steps = stepsOf(Array.from({ length: 100 }, (_, n) => part(String(n), '0.10')));
    expect(steps[steps.length - 1]?.to).toBe(10);
  });
});
