import { describe, expect, it } from 'vitest';
import { daysShown, mondayOf, movedBy } from './month';

describe('the days of a calendar', () => {
  it('are whole weeks from Monday around the month', () => {
    const days = daysShown('2026-11-21', 'month');
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(daysShown('2027-02-10', 'month')).toHaveLength(28);
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(daysShown('2026-11-22', 'week')).toHaveLength(7);
  });

  it('move a day or a moment', () => {
    expect(movedBy('2026-11-30', 1)).toBe('2026-12-01');
    expect(movedBy('2026-11-30T08:00:00Z', -1)).toBe('2026-11-29T08:00:00.000Z');
  });
});
