import { addDays, daysBetween } from '@/lib/dates';

export const ZOOMS = { day: 28, week: 10, month: 3.2 } as const;
export type Zoom = keyof typeof ZOOMS;

export type Timeline = Readonly<{ from: string; days: number; width: number; perDay: number }>;

const ROOM_DAYS = 14;
const LONGEST_DAYS = 3650;

/** A timeline around all given days, with some room at both ends. */
export function timelineOf(days: readonly string[], today: string, zoom: Zoom): Timeline {
  const sorted = [...days, today].sort();
  const from = addDays(sorted[0] ?? today, -ROOM_DAYS);
  const wanted = daysBetween(from, sorted.at(-1) ?? today) + ROOM_DAYS;
  const count = Math.min(wanted, LONGEST_DAYS);
  return { from, days: count, width: count * ZOOMS[zoom], perDay: ZOOMS[zoom] };
}

export function placeOf(timeline: Timeline, day: string): number {
  return daysBetween(timeline.from, day) * timeline.perDay;
}

export type Mark = Readonly<{ at: number; text: string }>;

/** What is written above the days: each month, or each week when there is room for it. */
export function marksOf(timeline: Timeline, zoom: Zoom): readonly Mark[] {
  const marks: Mark[] = [];
  for (let day = 0; day < timeline.days; day += 1) {
    const date = addDays(timeline.from, day);
    const isMonday = new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
    const shown = zoom === 'day' ? isMonday : date.endsWith('-01');
    const quarter = zoom !== 'month' || /-(01|04|07|10)-01$/.test(date);
    if (!shown || !quarter) continue;
    marks.push({ at: day * timeline.perDay, text: zoom === 'day' ? date : date.slice(0, 7) });
  }
  return marks;
}
