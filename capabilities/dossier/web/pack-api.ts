import { queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/api/client';
import type { components } from '@/api/schema';
import { recordQuery } from '@/api/records';

export type CardPack = components['schemas']['CardPack'];
type Taken = Readonly<{ id: string }>;

const SHOWN = 200;

export const packPath = (id: string) => `/packs/${id}`;
export const packFile = (id: string) => apiUrl(`/dossier/packs/${id}/file`);

export function packQuery(id: string) {
  return queryOptions({
    queryKey: ['dossier', 'pack', id],
    queryFn: ({ signal }) => api.get<CardPack>(`/dossier/packs/${id}`, {}, { signal }),
    retry: false,
  });
}

/** What is out, or everything that ever was. */
export function packsQuery(all: boolean) {
  return recordQuery('day_pack', {
    select: ['name', 'kind', 'day', 'owner', 'owner.name', 'taken_at', 'returned_at', 'state'],
    where: all ? undefined : { op: 'eq', field: 'state', value: 'out' },
    sort: [{ field: 'taken_at', dir: 'desc' }],
    page: { limit: SHOWN },
  });
}

export const takeCard = (account: string) => api.post<Taken>('/dossier/packs', { account });
export const returnPack = (id: string) => api.post(`/dossier/packs/${id}/return`);
