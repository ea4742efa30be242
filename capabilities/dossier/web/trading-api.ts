import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type Trading = components['schemas']['Trading'];
export type OpenBucket =
  NonNullable<Trading['overdue']>[number] | NonNullable<Trading['age']>[number];

export function tradingQuery(account: string) {
  return queryOptions({
    queryKey: ['dossier', 'trading', account],
    queryFn: ({ signal }) => (
      api.get<Trading>(`/dossier/accounts/${account}/trading`, {}, { signal })
    ),
  });
}

type Answer = components['schemas']['AggregateAnswer'];

const MOST_GROUPS = 500;

/** Lines that count, by product and period. */
export function productQuery(account: string, bucket: string, from: string) {
  const where = {
    op: 'and',
    args: [
      { op: 'eq', field: 'account', value: account },
      { op: 'gte', field: 'ordered_on', value: from },
      {
        op: 'or',
        args: [
          { op: 'empty', field: 'order' }, { op: 'eq', field: 'order.status', value: 'posted' },
        ],
      },
    ],
  };
  const sum = (field: string) => ({ as: field, fn: 'sum', field });
  return queryOptions({
    queryKey: ['records', 'order_line', 'products', account, bucket, from],
    queryFn: ({ signal }) => api.ask<Answer>('/records/order_line/aggregate', {
      where,
      group: [
        { field: 'product' }, { field: 'product.name' }, { field: 'ordered_on', bucket },
      ],
      measures: [sum('net_amount'), sum('quantity'), sum('cost')],
      page: { limit: MOST_GROUPS },
    }, { signal }),
  });
}
