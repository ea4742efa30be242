import { addDays, daysBetween } from '@/lib/dates';

export type Span = 'month' | 'week';

/** Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The days that a calendar shows: whole weeks around the month, or one week. */
export function daysShown(day: string, span: Span): readonly string[] {
  if (span === 'week') return Array.from({ length: 7 }, (_, at) => addDays(mondayOf(day), at));
  const first = `${day.slice(0, 7)}-01`;
  const from = mondayOf(first);
  const next = addDays(first, 31).slice(0, 7);
  const weeks = Math.ceil(daysBetween(from, `${next}-01`) / 7);
  return Array.from({ length: weeks * 7 }, (_, at) => addDays(from, at));
}

/** Moves a moment ("2026-11-21" or RFC 3339) by days. */
export function movedBy(value: string, days: number): string {
  if (value.length === 10) return addDays(value, days);
  return new Date(Date.parse(value) + days * 86_400_000).toISOString();
}
