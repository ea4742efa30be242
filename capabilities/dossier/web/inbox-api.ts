import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Inbox = Schemas['Inbox'];
export type InboxEntry = Schemas['InboxEntry'];
export type Digest = Schemas['InboxDigest'];
export type Preferences = Schemas['InboxPreferences'];
export type Way = Preferences['kinds'][keyof Preferences['kinds']];
export type Followers = Schemas['Followers'];

const POLL_MS = 60_000;
const COMMENTS = 100;

export const inboxKey = ['inbox'] as const;

export const inboxQuery = queryOptions({
  queryKey: inboxKey,
  queryFn: ({ signal }) => api.get<Inbox>('/inbox', {}, { signal }),
  refetchInterval: POLL_MS,
});

/** The last digest when no day is named. */
export function digestQuery(day: string | null) {
  return queryOptions({
    queryKey: ['inbox', 'digest', day],
    queryFn: ({ signal }) => api.get<Digest>('/inbox/digest', { day: day ?? '' }, { signal }),
  });
}

export const preferencesQuery = queryOptions({
  queryKey: ['inbox', 'preferences'],
  queryFn: ({ signal }) => api.get<Preferences>('/inbox/preferences', {}, { signal }),
});

export function savePreferences(change: Partial<Preferences>): Promise<Preferences> {
  return api.patch<Preferences>('/inbox/preferences', change);
}

/** Without entries everything is read. */
export function markRead(entries?: readonly string[]): Promise<Inbox> {
  return api.post<Inbox>('/inbox/read', entries ? { entries } : {});
}

export function followersOf(account: string) {
  return queryOptions({
    queryKey: ['inbox', 'followers', account],
    queryFn: ({ signal }) => api.get<Followers>(
      `/dossier/accounts/${account}/followers`, {}, { signal },
    ),
  });
}

export function follow(account: string, following: boolean): Promise<Followers> {
  return api.post<Followers>(`/dossier/accounts/${account}/followers`, { following });
}

export function commentsOf(account: string) {
  return recordQuery('comment', {
    select: ['body', 'author', 'author.name', 'written_at'],
    where: { op: 'eq', field: 'account', value: account },
    sort: [{ field: 'written_at', dir: 'desc' }], page: { limit: COMMENTS },
  });
}
