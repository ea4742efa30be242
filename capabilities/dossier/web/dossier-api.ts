import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { asText } from '@/fields/widget';

type Schemas = components['schemas'];
export type Dossier = Schemas['Dossier'];
export type Row = Schemas['DossierRow'];
export type Figure = Schemas['DossierFigure'];
export type TimelinePage = Schemas['Timeline'];
export type TimelineEntry = TimelinePage['entries'][number];
export type Day = Schemas['Day'];
export type Week = Schemas['Week'];
export type Overview = Schemas['Overview'];

const KEY = 'dossier';
export const dossierKey = [KEY] as const;

export function dossierOf(id: string) {
  return queryOptions({
    queryKey: [KEY, 'account', id],
    queryFn: ({ signal }) => api.get<Dossier>(`/dossier/accounts/${id}`, {}, { signal }),
  });
}

/** `who` is one of the customer's people or of ours: "contact:…", "user:…", or empty. */
export function timelineOf(id: string, kinds: string, who: string) {
  const [side = '', person = ''] = who.split(':');
  const whose = side === '' ? {} : { [side]: person };
  return infiniteQueryOptions({
    queryKey: [KEY, 'timeline', id, kinds, who],
    queryFn: ({ pageParam, signal }) => api.get<TimelinePage>(
      `/dossier/accounts/${id}/timeline`, { kinds, ...whose, after: pageParam, limit: 50 },
      { signal },
    ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

export function dayQuery(date: string) {
  return queryOptions({
    queryKey: [KEY, 'day', date],
    queryFn: ({ signal }) => api.get<Day>('/dossier/day', { date }, { signal }),
  });
}

export function weekQuery(from: string) {
  return queryOptions({
    queryKey: [KEY, 'week', from],
    queryFn: ({ signal }) => api.get<Week>('/dossier/week', { from }, { signal }),
  });
}

export function overviewQuery(from: string, to: string) {
  return queryOptions({
    queryKey: [KEY, 'overview', from, to],
    queryFn: ({ signal }) => api.get<Overview>('/dossier/overview', { from, to }, { signal }),
  });
}

export function checkCards(accounts: readonly string[]): Promise<unknown> {
  return api.post('/dossier/checks', { accounts });
}

export function openVisit(id: string): Promise<Dossier> {
  return api.post<Dossier>(`/dossier/visits/${id}/open`);
}

/** A field of a row as text; empty where it has none. */
export function fieldText(row: Row | null | undefined, name: string): string {
  return asText(row?.fields[name]);
}
