import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';
import type { Filter } from '@/api/types';

type Schemas = components['schemas'];
export type Suggestion = Schemas['ClaimSuggestion'];
export type Candidate = Suggestion['candidates'][number];
export type OpenItem = Suggestion['items'][number];
export type Claimed = Schemas['Claimed'];
export type ClaimPart = NonNullable<Schemas['PaymentClaim']['parts']>[number];

const SHOWN = 100;
const COLUMNS = ['number', 'paid_on', 'amount', 'unallocated', 'means', 'drawer', 'remarks'];

/** Payments that wait: nobody's, or an account's that are not wholly allocated. */
export function waitingPayments(whose: 'nobody' | 'advance') {
  const op: Filter['op'] = whose === 'nobody' ? 'empty' : 'not_empty';
  const mine = { op, field: 'account' };
  return recordQuery('payment', {
    select: [...COLUMNS, 'account', 'account.name'],
    where: { op: 'and', args: [{ op: 'gt', field: 'unallocated', value: '0' }, mine] },
    sort: [{ field: 'paid_on', dir: 'asc' }],
    page: { limit: SHOWN },
  });
}

export function suggestionOf(payment: string, account: string | null) {
  return queryOptions({
    queryKey: ['receivables', 'suggestion', payment, account],
    gcTime: 0, // what was open before is not shown again
    queryFn: ({ signal }) => api.get<Suggestion>(
      `/receivables/payments/${payment}/suggestion`,
      account === null ? {} : { account }, { signal },
    ),
  });
}

export function claimPayment(
  payment: string, account: string, parts: readonly ClaimPart[],
): Promise<Claimed> {
  return api.post<Claimed>(`/receivables/payments/${payment}/claim`, { account, parts });
}

/** Takes back exactly what a claim has done. */
export function takeBack({ id, allocations, account_set: account }: Claimed): Promise<unknown> {
  return api.post(`/receivables/payments/${id}/unclaim`, { allocations, account });
}
