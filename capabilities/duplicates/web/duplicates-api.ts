import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Group = Schemas['DuplicateGroups']['groups'][number];
export type Twin = Group['accounts'][number];
export type Merge = Schemas['Merge'];
export type Undone = Schemas['MergeUndone'];
export type Pair = Readonly<{ kept: Twin; removed: Twin }>;

const RECENT = 20;

export const duplicatesQuery = queryOptions({
  queryKey: ['duplicates', 'groups'],
  queryFn: ({ signal }) => api.get<Schemas['DuplicateGroups']>('/duplicates', {}, { signal }),
});

/** What would happen; nothing is kept of it. */
export function previewOf({ kept, removed }: Pair) {
  return queryOptions({
    queryKey: ['duplicates', 'preview', kept.id, removed.id],
    queryFn: ({ signal }) => api.ask<Merge>(
      '/duplicates/merges', { kept: kept.id, removed: removed.id, dry_run: true }, { signal },
    ),
    retry: false,
  });
}

export function mergeAccounts({ kept, removed }: Pair, reason: string): Promise<Merge> {
  return api.post<Merge>('/duplicates/merges', {
    kept: kept.id, removed: removed.id, reason: reason.trim() || null,
  });
}

export function undoMerge(id: string): Promise<Undone> {
  return api.post<Undone>(`/duplicates/merges/${id}/undo`);
}

export const recentMerges = recordQuery('account_merge', {
  select: [
    'number', 'kept', 'kept.name', 'removed_name', 'merged_by.name', 'merged_at', 'state', 'reason',
  ],
  page: { limit: RECENT },
});
