import { describe, expect, it } from 'vitest';
import { fieldMeta, objectMeta } from '@/api/testing';
import { numberText } from '@/lib/decimal';
import {
  errorAt, freeKey, newCriterion, startingModel, withBand, withBorder, withoutBand,
} from './model';
import type { Band } from './model';

const bands: readonly Band[] = [
  { to: '10', points: '0' }, { from: '10', to: '20', points: '50' }, { from: '20', points: '100' },
];

/** Every value lies in one band: each begins where the one before it ends. */
function covers(all: readonly Band[]): boolean {
  return all.every((band, place) => {
    const next = all[place + 1];
    if (place === 0 && (band.from ?? null) !== null) return false;
    return next ? band.to === next.from && (band.to ?? null) !== null : (band.to ?? null) === null;
  });
}

describe('bands', () => {
  it('stay without gaps and overlaps whatever is done to them', () => {
    expect(covers(bands)).toBe(true);
    expect(covers(withBorder(bands, 0, '15'))).toBe(true);
    expect(covers(withBand(bands))).toBe(true);
    expect(covers(withBand([{ points: '1' }]))).toBe(true);
    for (const place of [0, 1, 2]) expect(covers(withoutBand(bands, place))).toBe(true);
  });

  it('give a removed one to the neighbour', () => {
    expect(withoutBand(bands, 1)).toEqual([
      { to: '20', points: '0' }, { from: '20', points: '100' },
    ]);
    expect(withoutBand(bands, 0)[0]).toEqual({ from: null, to: '20', points: '50' });
  });
});

describe('a scoring model', () => {
  it('begins with tiers that end at zero', () => {
    const { thresholds } = startingModel('x', ['strategic', 'key', 'growth', 'base']);
    expect(thresholds.map(({ from }) => Number(from))).toEqual([80, 54, 28, 0]);
    expect(startingModel('x', ['only']).thresholds).toEqual([{ tier: 'only', from: '0' }]);
  });

  it('names every criterion once', () => {
    const account = objectMeta('account', [fieldMeta('employees', { type: 'integer' })]);
    const first = newCriterion([], 'employees', account);
    expect(freeKey([first], 'employees')).toBe('employees_2');
    expect(newCriterion([first], 'orders', account)).toMatchObject({
      measure: 'orders', months: 12, key: 'orders',
    });
    expect(newCriterion([first], 'timeliness', account).months).toBe(24);
    expect(newCriterion([first], 'purchase_months', account).months).toBeUndefined();
  });

  it('shows numbers without zeros at the end', () => {
    expect(numberText('1224741.500000')).toBe('1,224,741.5');
    expect(numberText('100.00')).toBe('100');
    expect(numberText('100')).toBe('100');
    expect(numberText('20.336756', 2)).toBe('20.34');
    expect(numberText('central_soe')).toBe('central_soe');
  });

  it('finds what is wrong by its place', () => {
    const errors = [{ pointer: '/criteria/10/weight', message: 'a' },
      { pointer: '/criteria/1/bands/0/to', message: 'b' }];
    expect(errorAt(errors, '/criteria/1')).toBe('b');
    expect(errorAt(errors, '/criteria/10/weight')).toBe('a');
    expect(errorAt(errors, '/thresholds')).toBeUndefined();
  });
});
