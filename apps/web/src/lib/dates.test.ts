import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, formatDateTime, fromZoned, isDate } from './dates';

describe('calendar dates', () => {
  it('crosses months and years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2026-01-15', -12)).toBe('2025-01-15');
    expect(daysBetween('2026-01-01', '2026-03-01')).toBe(59);
  });

  it('knows a date when it sees one', () => {
    expect(isDate('2026-11-21')).toBe(true);
    expect(isDate('2026-13-21')).toBe(false);
    expect(isDate(null)).toBe(false);
  });

  it('shows an instant in the time zone of the workspace', () => {
    expect(formatDateTime('2026-11-21T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-22 00:30');
  });

  it('reads the clocks of a time zone, also around a change of its offset', () => {
    expect(fromZoned('2026-11-22T00:30:00', 'Asia/Shanghai')).toBe('2026-11-21T16:30:00.000Z');
    expect(fromZoned('2026-03-29T03:30:15', 'Europe/Berlin')).toBe('2026-03-29T01:30:15.000Z');
    expect(fromZoned('2026-03-29T01:30:00', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
  });
});
