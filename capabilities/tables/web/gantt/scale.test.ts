import { describe, expect, it } from 'vitest';
import { marksOf, placeOf, timelineOf } from './scale';

describe('a timeline', () => {
  const timeline = timelineOf(['2026-11-01', '2027-01-15'], '2026-11-21', 'week');

  it('goes around all days with room at both ends', () => {
    expect(timeline.from).toBe('2026-10-18');
    expect(placeOf(timeline, '2026-10-28')).toBe(100);
    expect(timeline.days).toBe(103);
  });

  it('is marked by months', () => {
    expect(marksOf(timeline, 'week').map(({ text }) => text))
      .toEqual(['2026-11', '2026-12', '2027-01']);
  });
});
