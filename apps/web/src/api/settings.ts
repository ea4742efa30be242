import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Stored = components['schemas']['Settings'];

/** As the server answers: the three ABC defaults come together. */
export type Settings = Omit<Stored, 'abc'>
  & Readonly<{ abc?: Required<NonNullable<Stored['abc']>> }>;

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => api.get<Settings>('/settings'),
  staleTime: 5 * 60_000,
});

export function saveSettings(change: Partial<Settings>): Promise<Settings> {
  return api.patch<Settings>('/settings', change);
}
