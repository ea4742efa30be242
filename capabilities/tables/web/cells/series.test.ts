import { describe, expect, it } from 'vitest';
import type { FieldMeta, Value } from '@/api/types';
import { seriesOf } from './series';

const next = (type: FieldMeta['type'], values: readonly Value[], places: readonly number[]) => {
  const series = seriesOf({ type } as FieldMeta, values);
  return series ? places.map(series) : null;
};

describe('a series', () => {
  it('goes on by equal steps, exactly', () => {
    expect(next('integer', [1, 2], [2, 3])).toEqual([3, 4]);
    expect(next('money', ['0.10', '0.30'], [2, 3])).toEqual(['0.50', '0.70']);
    expect(next('money', ['10', '7.5'], [2, 4, 5])).toEqual(['5.0', '0.0', '-2.5']);
  });

  it('goes back before its first value', () => {
    expect(next('integer', [10, 20], [-1, -2])).toEqual([0, -10]);
  });

  it('knows days, weeks and months', () => {
    expect(next('date', ['2026-02-27', '2026-02-28'], [2])).toEqual(['2026-03-01']);
    expect(next('date', ['2026-11-02', '2026-11-09'], [2])).toEqual(['2026-11-16']);
    expect(next('date', ['2026-01-31', '2026-02-28'], [2, 3]))
      .toEqual(['2026-03-31', '2026-04-30']);
  });

  it('is none without equal steps', () => {
    expect(next('integer', [1], [1])).toBeNull();
    expect(next('integer', [1, 1], [2])).toBeNull();
    expect(next('integer', [1, 2, 4], [3])).toBeNull();
    expect(next('integer', [1, null], [2])).toBeNull();
    expect(next('text', ['1', '2'], [2])).toBeNull();
    expect(next('date', ['2026-01-01', 'soon'], [2])).toBeNull();
  });
});
