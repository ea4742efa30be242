import { queryOptions } from '@tanstack/react-query';
import { api } from './client';

export type Settings = Readonly<{
  name?: string;
  time_zone?: string;
  currency?: string;
  money_scale?: number;
  fiscal_year_start?: number;
  closing_day?: number;
  abc?: Readonly<{ a: number; b: number; convention: 'before' | 'after' }>;
}>;

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => api.get<Settings>('/settings'),
  staleTime: 5 * 60_000,
});

export function saveSettings(change: Partial<Settings>): Promise<Settings> {
  return api.patch<Settings>('/settings', change);
}
