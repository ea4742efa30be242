import { queryOptions } from '@tanstack/react-query';
import { api } from './client';

export type Settings = Readonly<{
  workspace_name?: string;
  time_zone?: string;
  currency?: string;
  money_scale?: number;
  fiscal_year_start_month?: number;
  closing_day?: number;
  /** Shares of class A and of class B after it. */
  abc?: Readonly<{ a: number; b: number; convention: 'before' | 'after' }>;
  unit?: 'one' | 'wan' | 'yi';
}>;

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => api.get<Settings>('/settings'),
  staleTime: 5 * 60_000,
});

export function saveSettings(change: Partial<Settings>): Promise<Settings> {
  return api.patch<Settings>('/settings', change);
}
