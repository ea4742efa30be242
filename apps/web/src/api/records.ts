import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type {
  FieldMeta, Fields, HistoryEntry, ObjectMeta, Query, QueryAnswer, RecordRow,
} from './types';

const LINK_TARGET_NAMES: Readonly<Record<string, string>> = { user: 'name', department: 'name' };

/** The path that shows a linked record by name, e.g. account → account.name. */
export function linkPath(
  field: Pick<FieldMeta, 'api_name' | 'type' | 'target' | 'many'>,
  objects: readonly ObjectMeta[],
): string | null {
  const target = field.type === 'link' ? field.target : field.type;
  if (target === undefined || field.many) return null;
  if (!['link', 'user', 'department'].includes(field.type)) return null;
  const object = objects.find((candidate) => candidate.api_name === target);
  const shown = object?.primary_field ?? LINK_TARGET_NAMES[target];
  return shown === undefined ? null : `${field.api_name}.${shown}`;
}

export function recordList(object: string, query: Query) {
  return infiniteQueryOptions({
    queryKey: ['records', object, 'list', query],
    queryFn: ({ pageParam, signal }) => api.ask<QueryAnswer>(`/records/${object}/query`, {
      ...query,
      count: pageParam === null ? query.count : 'none',
      page: { ...query.page, after: pageParam ?? undefined },
    }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

export function recordQuery(object: string, query: Query) {
  return queryOptions({
    queryKey: ['records', object, 'query', query],
    queryFn: ({ signal }) =>
      api.ask<QueryAnswer>(`/records/${object}/query`, query, { signal }),
  });
}

/** `purpose`: why personal values are opened, as it will stand in the audit log. */
export function recordById(object: string, id: string, select: readonly string[], purpose = '') {
  return queryOptions({
    queryKey: ['records', object, 'one', id, select, purpose],
    queryFn: ({ signal }) => api.get<RecordRow>(
      `/records/${object}/${id}`, { select: select.join(','), purpose }, { signal },
    ),
  });
}

const HISTORY_LIMIT = 200;

export type HistoryAnswer = Readonly<{ entries: readonly HistoryEntry[] }>;

export function recordHistory(object: string, id: string) {
  return queryOptions({
    queryKey: ['records', object, 'history', id],
    queryFn: () => api.get<HistoryAnswer>(
      `/records/${object}/${id}/history`, { limit: HISTORY_LIMIT },
    ),
  });
}

export function createRecord(object: string, fields: Fields): Promise<RecordRow> {
  return api.post<RecordRow>(`/records/${object}`, { fields });
}

export type RecordPatch = Readonly<{ fields: Fields; base: Fields; reason?: string }>;

export function patchRecord(object: string, id: string, patch: RecordPatch): Promise<RecordRow> {
  return api.patch<RecordRow>(`/records/${object}/${id}`, patch);
}

export function deleteRecord(object: string, id: string): Promise<undefined> {
  return api.remove(`/records/${object}/${id}`);
}

/** For good, in the history too. */
export function erasePersonal(object: string, id: string, reason: string) {
  return api.post<{ erased: readonly string[] }>(
    `/records/${object}/${id}/erase-personal`, { reason },
  );
}

export function restoreRecord(object: string, id: string): Promise<unknown> {
  return api.post(`/records/${object}/${id}/restore`);
}
