import { describe, expect, it } from 'vitest';
import {
  barsOf, classOfRank, countClasses, moveThreshold, rankAt, shareAt,
} from './classes';

const cumulative = [0.4, 0.6, 0.75, 0.85, 0.95, 1];

describe('class sizes', () => {
  it('puts the customer who crosses a threshold into the higher class', () => {
    const counts = countClasses(cumulative, { a: 0.55, b: 0.85 }, 'before');
    expect(counts).toEqual({ A: 2, B: 2, C: 2 });
  });

  it('keeps it out in the other convention', () => {
    const counts = countClasses(cumulative, { a: 0.55, b: 0.85 }, 'after');
    expect(counts).toEqual({ A: 1, B: 3, C: 2 });
  });

  it('makes the largest customer an A even when it is above the threshold alone', () => {
    expect(countClasses([0.9, 1], { a: 0.55, b: 0.85 }, 'before')).toEqual({ A: 1, B: 0, C: 1 });
  });

  it('answers nothing for no customers', () => {
    expect(countClasses([], { a: 0.55, b: 0.85 }, 'before')).toEqual({ A: 0, B: 0, C: 0 });
  });

  it('names the class of a rank', () => {
    const counts = { A: 2, B: 2, C: 2 };
    expect([1, 2, 3, 4, 5, 6].map((rank) => classOfRank(rank, counts)).join(''))
      .toBe('AABBCC');
  });
});

describe('dragging a threshold', () => {
  it('keeps the order of the two and whole tenths of a percent', () => {
    expect(moveThreshold({ a: 0.55, b: 0.85 }, 'a', 0.61234)).toEqual({ a: 0.612, b: 0.85 });
    expect(moveThreshold({ a: 0.55, b: 0.85 }, 'a', 0.99)).toEqual({ a: 0.84, b: 0.85 });
    expect(moveThreshold({ a: 0.55, b: 0.85 }, 'b', 0.2)).toEqual({ a: 0.55, b: 0.56 });
    expect(moveThreshold({ a: 0.55, b: 0.85 }, 'b', 1.4)).toEqual({ a: 0.55, b: 0.99 });
    expect(moveThreshold({ a: 0.55, b: 0.85 }, 'a', -1)).toEqual({ a: 0.01, b: 0.85 });
  });

  it('reads a share from the height of the pointer', () => {
    expect(shareAt(28, 28, 200)).toBe(1);
    expect(shareAt(228, 28, 200)).toBe(0);
    expect(shareAt(128, 28, 200)).toBe(0.5);
    expect(shareAt(900, 28, 200)).toBe(0);
    expect(shareAt(10, 0, 0)).toBe(0);
  });

  it('reads a rank from the place of the pointer', () => {
    expect(rankAt(60, 60, 400, 2950)).toBe(1);
    expect(rankAt(460, 60, 400, 2950)).toBe(2950);
    expect(rankAt(260, 60, 400, 100)).toBe(51);
    expect(rankAt(-5, 60, 400, 100)).toBe(1);
  });
});

describe('bars for drawing', () => {
  it('draws every customer while they fit', () => {
    expect(barsOf([5, 3, 2], 300)).toEqual([
      { from: 0, to: 1, height: 5 }, { from: 1, to: 2, height: 3 }, { from: 2, to: 3, height: 2 },
    ]);
  });

  it('averages neighbours and loses no customer', () => {
    const values = Array.from({ length: 2950 }, (_, index) => 2950 - index);
    const bars = barsOf(values, 300);
    expect(bars).toHaveLength(300);
    const area = bars.reduce((sum, bar) => sum + bar.height * (bar.to - bar.from), 0);
    expect(area).toBeCloseTo(values.reduce((sum, value) => sum + value, 0), 3);
    expect(bars.at(-1)?.to).toBe(2950);
  });
});
