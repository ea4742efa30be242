import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import type { Line } from './paste';

type Schemas = components['schemas'];
export type TargetList = Schemas['TargetList'];
export type Target = TargetList['entries'][number];
export type Candidates = Schemas['TargetCandidates'];

const KEY = ['pool', 'targets'] as const;
const MOST_LISTS = 200;

export const listsQuery = recordQuery('target_list', {
  select: ['name', 'series', 'year', 'publisher'],
  sort: [{ field: 'series' }, { field: 'year', dir: 'desc' }], page: { limit: MOST_LISTS },
});

export function listQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, id], queryFn: () => api.get<TargetList>(`/identify/targets/${id}`),
  });
}

export function candidatesQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, id, 'candidates'],
    queryFn: () => api.get<Candidates>(`/identify/targets/${id}/candidates`),
  });
}

/** Gives every name the account that it says; with `create` the others become accounts. */
export function matchTargets(id: string, create: boolean): Promise<TargetList> {
  return api.post<TargetList>(`/identify/targets/${id}/match`, { create });
}

export function chooseAccount(entry: string, account: string | null): Promise<RecordRow> {
  return api.patch<RecordRow>(
    `/records/target_entry/${entry}`, { fields: { account } }, { headers: { 'If-Match': '*' } },
  );
}

/** All of them or none. */
export function addLines(list: string, lines: readonly Line[]): Promise<unknown> {
  const ops = lines.map(({ rank, name, volume }) => ({
    op: 'create', fields: { list, rank, name, expected_volume: volume },
  }));
  return api.post('/records/target_entry/batch', { mode: 'atomic', ops });
}
