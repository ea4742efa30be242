import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/api/client';
import type { Filter, Page } from '@/api/types';
import type { RankingState } from './ranking-state';
import { comparedWindow } from './periods';
import type { Window } from './periods';

export type ClassName = 'A' | 'B' | 'C';

export type RankingRow = Readonly<{
  rank: number;
  account: Readonly<{ id: string; code: string | null; name: string }>;
  value: string;
  share: number | null;
  cum_share: number | null;
  class: ClassName;
}>;

export type Migration = Readonly<{ from: string; to: string; customers: number }>;

export type RankingSummary = Readonly<{
  customers: number;
  non_positive: Readonly<{ customers: number; value: string }>;
  unassigned: string;
  total: string;
  top20_share: number | null;
  top1_share: number | null;
  gini: number | null;
  hhi: number | null;
  classes: readonly Readonly<{
    name: ClassName; customers: number; value: string; share: number | null;
  }>[];
  migration?: readonly Migration[] | null;
  pool?: PoolShare | null;
}>;

export type PoolPart = Readonly<{ value: string; total: string; share: number; reached: boolean }>;

/** What part of all the key account pool brings. */
export type PoolShare = Readonly<{
  accounts: number; yardstick: number; net_sales: PoolPart | null; gross_profit: PoolPart | null;
}>;

export type RankingAnswer = Readonly<{
  summary: RankingSummary;
  rows: readonly RankingRow[];
  page: Page;
  definition?: Readonly<Record<string, string>>;
  tax?: Readonly<{ basis?: string; note?: string | null; unknown_lines?: number }>;
}>;

export type Finding = Readonly<{
  code: string; params?: Readonly<Record<string, unknown>>; text: string;
  object?: string | null; where?: Filter | null;
}>;

const STANDARD_CLASSES = {
  convention: 'before',
  classes: [{ name: 'A', upto: 0.55 }, { name: 'B', upto: 0.85 }, { name: 'C', upto: 1 }],
} as const;

/** The server answers at most this many rows at once. */
const PAGE_LIMIT = 500;

function measured(state: RankingState) {
  return {
    measure: state.measure,
    tax: state.tax,
    from: state.from,
    to: state.to,
    half_life_days: state.halfLife ?? undefined,
  };
}

function classified(state: RankingState) {
  return {
    ...measured(state),
    convention: state.convention,
    classes: [
      { name: 'A', upto: state.a }, { name: 'B', upto: state.b }, { name: 'C', upto: 1 },
    ],
  };
}

/** Figures for the thresholds in force; one row is asked for because the page must have one. */
export function rankingSummary(state: RankingState) {
  const compare = comparedWindow(state) ?? undefined;
  const question = { ...classified(state), compare, page: { limit: 1 } };
  return queryOptions({
    queryKey: ['identify', 'summary', question],
    queryFn: ({ signal }) => api.ask<RankingAnswer>('/identify/ranking', question, { signal }),
  });
}

/** All customers by cursor. Thresholds are no part of the question: they only colour the rows. */
export function rankingRows(state: RankingState) {
  const question = { ...measured(state), ...STANDARD_CLASSES };
  return infiniteQueryOptions({
    queryKey: ['identify', 'rows', question],
    queryFn: ({ pageParam, signal }) => api.ask<RankingAnswer>('/identify/ranking', {
      ...question,
      page: { limit: PAGE_LIMIT, after: pageParam ?? undefined },
    }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

/** The pool's share of the same days, whatever measure is ranked by. */
export function poolShare({ from, to, yardstick }: RankingState) {
  const question = { from, to, pool: { yardstick: yardstick ?? undefined }, page: { limit: 1 } };
  return queryOptions({
    queryKey: ['identify', 'pool-share', question],
    queryFn: ({ signal }) => api.ask<RankingAnswer>('/identify/ranking', question, { signal }),
    select: (answer) => answer.summary.pool ?? null,
  });
}

export type RegionMarket = Readonly<{
  year: number; over: boolean; size: string; sales: string; share: number | null;
  account_sales: string; account_share: number | null;
}>;

export type RegionShare = Readonly<{
  region: string | null; sales: string; customers: number; account_sales: string;
  account_share: number | null; market: RegionMarket | null;
}>;

export function regionShare(account: string, window: Window) {
  return queryOptions({
    queryKey: ['identify', 'region', account, window],
    queryFn: ({ signal }) =>
      api.get<RegionShare>(`/identify/accounts/${account}/region`, window, { signal }),
  });
}

function params(state: RankingState) {
  const compare = comparedWindow(state);
  return {
    from: state.from, to: state.to, measure: state.measure, tax: state.tax,
    a: state.a, b: state.b, convention: state.convention, half_life_days: state.halfLife,
    compare_from: compare?.from, compare_to: compare?.to,
  };
}

export function findings(state: RankingState) {
  const question = params(state);
  return queryOptions({
    queryKey: ['identify', 'findings', question],
    queryFn: ({ signal }) =>
      api.get<{ findings: readonly Finding[] }>('/identify/findings', question, { signal }),
  });
}

export function csvUrl(state: RankingState): string {
  return apiUrl('/identify/ranking.csv', params(state));
}

export function pdfUrl(state: RankingState): string {
  return apiUrl('/identify/summary.pdf', params(state));
}
