import { describe, expect, it } from 'vitest';
import { comparedWindow, presetOf, presetWindow } from './periods';

const old = { first: '2010-12-01', last: '2011-06-30', today: '2026-11-21' };
const live = { first: '2023-12-01', last: '2026-11-30', today: '2026-11-21' };

describe('period presets', () => {
  it('shows an old file where its data are', () => {
    expect(presetWindow('last_12_months', old)).toEqual({ from: '2010-07-01', to: '2011-07-01' });
    expect(presetWindow('all', old)).toEqual({ from: '2010-12-01', to: '2011-07-01' });
  });

  it('ends with today where there are data up to today', () => {
    expect(presetWindow('this_year', live)).toEqual({ from: '2026-01-01', to: '2026-11-22' });
    expect(presetWindow('last_year', live)).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  });

  it('recognises a preset by its window', () => {
    expect(presetOf({ from: '2025-01-01', to: '2026-01-01' }, live)).toBe('last_year');
    expect(presetOf({ from: '2025-01-02', to: '2026-01-01' }, live)).toBeNull();
  });
});

describe('the period to compare with', () => {
  it('is the same a year ago or the one of equal length just before', () => {
    const window = { from: '2026-03-01', to: '2026-03-31' };
    expect(comparedWindow({ ...window, compare: 'none' })).toBeNull();
    expect(comparedWindow({ ...window, compare: 'year' }))
      .toEqual({ from: '2025-03-01', to: '2025-03-31' });
    expect(comparedWindow({ ...window, compare: 'previous' }))
      .toEqual({ from: '2026-01-30', to: '2026-03-01' });
  });
});
