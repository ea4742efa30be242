import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Inbox = Schemas['Inbox'];
export type InboxEntry = Inbox['entries'][number];
export type Followers = Schemas['Followers'];

const POLL_MS = 60_000;
const COMMENTS = 100;

export const inboxKey = ['inbox'] as const;

export const inboxQuery = queryOptions({
  queryKey: inboxKey,
  queryFn: ({ signal }) => api.get<Inbox>('/inbox', {}, { signal }),
  refetchInterval: POLL_MS,
});

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
