import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];
export type Lifetime = Schemas['Lifetime'];
export type LifetimeRow = Lifetime['rows'][number];
export type Rfm = Schemas['Rfm'];
export type RfmRow = Rfm['rows'][number];

const PAGE_LIMIT = 50;

export type Asked = Readonly<{
  from: string; to: string; holdout_from?: string; only?: 'at_risk';
}>;

export function lifetimeRows(asked: Asked) {
  return infiniteQueryOptions({
    queryKey: ['records', 'order_line', 'clv', asked],
    queryFn: ({ pageParam, signal }) => api.ask<Lifetime>('/identify/clv', {
      ...asked, page: { limit: PAGE_LIMIT, after: pageParam },
    }, { signal }),
    initialPageParam: null as string | null, retry: false,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}

export function rfmRows(asOf: string) {
  return infiniteQueryOptions({
    queryKey: ['records', 'order_line', 'rfm', asOf],
    queryFn: ({ pageParam, signal }) => api.ask<Rfm>('/identify/rfm', {
      as_of: asOf, page: { limit: PAGE_LIMIT, after: pageParam },
    }, { signal }),
    initialPageParam: null as string | null, retry: false,
    getNextPageParam: (last) => (last.page.has_more ? last.page.next : null),
  });
}
