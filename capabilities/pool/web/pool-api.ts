import {
  infiniteQueryOptions, queryOptions, useMutation, useQueryClient,
} from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { Filter } from '@/api/types';

type Schemas = components['schemas'];

export type Board = Schemas['PoolBoard'];
export type BoardEntry = Board['entries'][number];
export type PoolState = BoardEntry['state'];
export type PoolAccount = Schemas['PoolAccount'];
export type PoolEntry = PoolAccount['entries'][number];
/** Evidence holds whatever is given. */
export type PoolRequest = Omit<Schemas['PoolRequest'], 'evidence'>
  & Readonly<{ evidence?: Readonly<Record<string, unknown>> }>;
export type Round = Schemas['PoolRounds']['rounds'][number];
export type RoundDetail = Schemas['PoolRound'];
export type Proposal = RoundDetail['items'][number];
export type Standard = Schemas['ServiceStandards']['standards'][number];
export type Compliance = Schemas['Compliance'];
export type ComplianceState = Compliance['rows'][number]['state'];

export type Segment = Schemas['Segments']['segments'][number];
export type Screening = Schemas['Screening'];

const POOL_STATES: readonly string[] = [
  'candidate', 'requested', 'in_pool', 'watch', 'exited', 'blacklisted',
] satisfies readonly PoolState[];

export function isPoolState(text: string | null): text is PoolState {
  return text !== null && POOL_STATES.includes(text);
}

/** What may be done with an account in the pool. */
export const ACTS = [
  'nominate', 'request', 'approve', 'reject', 'watch', 'exit', 'blacklist', 'lift',
] as const;
export type Act = (typeof ACTS)[number];

export function isAct(text: string | null): text is Act {
  return (ACTS as readonly (string | null)[]).includes(text);
}

const MOST_OF_A_STATE = 200;
const KEY = ['pool'] as const;

export const boardQuery = queryOptions({
  queryKey: [...KEY, 'board'],
  queryFn: () => api.get<Board>('/identify/pool', { limit: MOST_OF_A_STATE }),
});

export function poolAccountQuery(account: string) {
  return queryOptions({
    queryKey: [...KEY, 'account', account], retry: false,
    queryFn: () => api.get<PoolAccount>(`/identify/accounts/${account}/pool`),
  });
}

export const roundsQuery = queryOptions({
  queryKey: [...KEY, 'rounds'],
  queryFn: () => api.get<Schemas['PoolRounds']>('/identify/pool/rounds'),
});

export function roundQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, 'round', id],
    queryFn: () => api.get<RoundDetail>(`/identify/pool/rounds/${id}`),
  });
}

export const standardsQuery = queryOptions({
  queryKey: [...KEY, 'standards'],
  queryFn: () => api.get<Schemas['ServiceStandards']>('/identify/standards'),
});

const PAGE_LIMIT = 50;

export function complianceList(state: ComplianceState | null, where: Filter | null) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'compliance', state, where],
    queryFn: ({ pageParam, signal }) => api.ask<Compliance>('/identify/standards/compliance', {
      state, where, page: { limit: PAGE_LIMIT, after: pageParam },
    }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

export const segmentsQuery = queryOptions({
  queryKey: [...KEY, 'segments'],
  queryFn: () => api.get<Schemas['Segments']>('/identify/segments'),
});

export function segmentAccounts(segment: string) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'segment', segment],
    queryFn: ({ pageParam, signal }) => api.get<Schemas['SegmentAccounts']>(
      `/identify/segments/${segment}/accounts`, { limit: PAGE_LIMIT, after: pageParam }, { signal },
    ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

export function screeningQuery(account: string) {
  return queryOptions({
    queryKey: [...KEY, 'screening', account], retry: false,
    queryFn: () => api.get<Screening>(`/identify/accounts/${account}/screening`),
  });
}

export const screeningInForceQuery = queryOptions({
  queryKey: [...KEY, 'screening in force'],
  queryFn: () => api.get<Schemas['ScreeningInForce']>('/identify/screening'),
});

/** Plans and opens at once what the calendar of the policy says. */
export function keepCalendar(): Promise<unknown> {
  return api.post('/identify/pool/rounds/calendar');
}

export function screen(
  account: string, answers: Readonly<Record<string, number>>,
): Promise<Screening> {
  return api.post<Screening>(`/identify/accounts/${account}/screening`, { answers });
}

export function move(account: string, act: Act, body: PoolRequest): Promise<PoolAccount> {
  return api.post<PoolAccount>(`/identify/pool/${account}/${act}`, body);
}

export function acceptTransfer(account: string): Promise<unknown> {
  return api.post(`/identify/pool/${account}/accept_transfer`);
}

/** Proposals from the scores of now; those that are decided stay. */
export function propose(round: string): Promise<RoundDetail> {
  return api.post<RoundDetail>(`/identify/pool/rounds/${round}/propose`);
}

export function decide(
  proposal: string, decision: 'accept' | 'decline', note: string | null,
): Promise<RoundDetail> {
  return api.post<RoundDetail>(`/identify/pool/proposals/${proposal}/decide`, { decision, note });
}

export function closeRound(
  round: string, minutes: Schemas['RoundMinutes'],
): Promise<RoundDetail> {
  return api.post<RoundDetail>(`/identify/pool/rounds/${round}/close`, minutes);
}

/** Something that moves accounts: afterwards pool and records are read anew. */
export function usePoolChange<T, A = void>(
  work: (given: A) => Promise<T>, onDone: (answer: T) => void, onError?: (error: unknown) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: async (answer) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: KEY }),
        client.invalidateQueries({ queryKey: ['records'] }),
      ]);
      onDone(answer);
    },
    onError,
  });
}
