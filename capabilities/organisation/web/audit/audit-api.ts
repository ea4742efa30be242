import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { addDays, fromZoned } from '@/lib/dates';

/** The details are as the kind has them: each is checked when it is read. */
export type AuditEntry = Omit<components['schemas']['AuditEntry'], 'details'>
  & Readonly<{ details: Readonly<Record<string, unknown>> }>;
export type AuditKind = components['schemas']['AuditKind'];

type AuditAnswer = Readonly<{
  entries: readonly AuditEntry[];
  page: Readonly<{ next: string | null; has_more: boolean }>;
}>;

/** Days are whole ones of the workspace; `to` is the last day that counts. */
export type AuditFilter = Readonly<{
  kind: AuditKind | null; user: string | null; from: string | null; to: string | null;
}>;

const PAGE_LIMIT = 50;

export function auditList(filter: AuditFilter, timeZone: string) {
  const start = (day: string) => fromZoned(`${day}T00:00:00`, timeZone);
  const params = {
    kind: filter.kind, user: filter.user, from: filter.from && start(filter.from),
    to: filter.to && start(addDays(filter.to, 1)), limit: PAGE_LIMIT,
  };
  return infiniteQueryOptions({
    queryKey: ['audit', 'list', params],
    queryFn: ({ pageParam, signal }) => api.get<AuditAnswer>(
      '/audit', { ...params, after: pageParam }, { signal },
    ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
    retry: false,
  });
}

/** The newest entry of all: where the chain stands. */
export const auditEnd = queryOptions({
  queryKey: ['audit', 'end'], retry: false,
  queryFn: async () => (await api.get<AuditAnswer>('/audit', { limit: 1 })).entries[0] ?? null,
});
