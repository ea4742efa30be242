import { addDays, addMonths, daysBetween } from '@/lib/dates';

/** Half-open: `to` is the first day that no longer counts. */
export type Window = Readonly<{ from: string; to: string }>;

/** The first and last day with sales, and today in the workspace's time zone. */
export type DataRange = Readonly<{ first: string; last: string; today: string }>;

export const PRESETS = ['last_12_months', 'this_year', 'last_year', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

/** The day after the last day that has data: old files are shown where their data are. */
function endOf(range: DataRange): string {
  return addDays(range.last < range.today ? range.last : range.today, 1);
}

export function presetWindow(preset: Preset, range: DataRange): Window {
  const end = endOf(range);
  const year = Number(addDays(end, -1).slice(0, 4));
  switch (preset) {
    case 'last_12_months': return { from: addMonths(end, -12), to: end };
    case 'this_year': return { from: `${year}-01-01`, to: end };
    case 'last_year': return { from: `${year - 1}-01-01`, to: `${year}-01-01` };
    case 'all': return { from: range.first, to: end };
  }
}

export function defaultWindow(range: DataRange): Window {
  return presetWindow('last_12_months', range);
}

export function presetOf(window: Window, range: DataRange): Preset | null {
  return PRESETS.find((preset) => {
    const candidate = presetWindow(preset, range);
    return candidate.from === window.from && candidate.to === window.to;
  }) ?? null;
}

type Compared = Window & Readonly<{ compare: 'none' | 'previous' | 'year' }>;

/** The window to compare with: the one just before, of equal length, or the same a year ago. */
export function comparedWindow(state: Compared): Window | null {
  if (state.compare === 'none') return null;
  if (state.compare === 'year') {
    return { from: addMonths(state.from, -12), to: addMonths(state.to, -12) };
  }
  const days = daysBetween(state.from, state.to);
  return { from: addDays(state.from, -days), to: state.from };
}
