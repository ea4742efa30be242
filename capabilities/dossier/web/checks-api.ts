import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type CardCheck = Schemas['CardChecks']['checks'][number];
export type CardPart = CardCheck['parts'][number];
export type Contradiction = Schemas['Contradictions']['contradictions'][number];
export type ToldCheck = Readonly<{ account: string; parts: readonly CardPart['part'][] }>;

const PAGE = 50;

type Page = Readonly<{ page: Readonly<{ next: string | null; has_more: boolean }> }>;
const nextOf = ({ page }: Page) => (page.has_more ? page.next : null);

/** Cards of somebody whose check is due; one's own when `owner` is empty. */
export function checksOf(owner: string) {
  return infiniteQueryOptions({
    queryKey: ['dossier', 'checks', owner],
    queryFn: ({ pageParam, signal }) => api.get<Schemas['CardChecks']>(
      '/dossier/checks', { ...(owner === '' ? {} : { owner }), after: pageParam, limit: PAGE },
      { signal },
    ),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
}

export type ContradictionsOf = Readonly<{
  account?: string; by?: string; from?: string; to?: string;
}>;

/** Checks that facts contradicted later. */
export function contradictionsOf(asked: ContradictionsOf) {
  return infiniteQueryOptions({
    queryKey: ['dossier', 'contradictions', asked],
    queryFn: ({ pageParam, signal }) => api.get<Schemas['Contradictions']>(
      '/dossier/contradictions', { ...asked, after: pageParam, limit: PAGE }, { signal },
    ),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
  });
}

/** Says that these parts are as they were. */
export function checkParts(accounts: readonly ToldCheck[]): Promise<unknown> {
  return api.post('/dossier/checks', { accounts });
}

/** What is still asked of a card. */
export function askedOf(check: CardCheck): CardPart['part'][] {
  return check.parts.filter(({ state }) => state === 'asked').map(({ part }) => part);
}
