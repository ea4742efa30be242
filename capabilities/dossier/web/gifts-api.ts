import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';

export type GiftSums = components['schemas']['GiftSums'];
type Decision = components['schemas']['GiftDecision'];

const SHOWN = 100;

/** What each person was given this year, against the limit. */
export function giftSums(account: string) {
  return queryOptions({
    queryKey: ['records', 'gift', 'sums', account],
    queryFn: ({ signal }) => (
      api.get<GiftSums>(`/visits/accounts/${account}/gifts`, {}, { signal })
    ),
  });
}

/** The gifts of a year, the newest first. */
export function giftsOf(account: string, year: number) {
  return recordQuery('gift', {
    select: [
      'occasion', 'contact', 'contact.name', 'kind', 'given_on', 'value', 'state', 'owner',
      'owner.name', 'created_by', 'decided_by', 'decided_by.name', 'decision_note',
    ],
    where: { op: 'and', args: [
      { op: 'eq', field: 'account', value: account },
      { op: 'gte', field: 'given_on', value: `${String(year)}-01-01` },
      { op: 'lt', field: 'given_on', value: `${String(year + 1)}-01-01` },
    ] },
    sort: [{ field: 'given_on', dir: 'desc' }], page: { limit: SHOWN },
  });
}

/** Whom the policy in force names to decide beside those above. */
export const giftApprover = recordQuery('gift_policy', {
  select: ['approver'], sort: [{ field: 'created_at' }], page: { limit: 1 },
});

/** Which of them wait for the person who looks: asked for by somebody below, or by `anybody`. */
export function giftsToDecide(account: string, user: string, anybody: boolean) {
  return recordQuery('gift', {
    select: ['occasion'],
    where: { op: 'and', args: [
      { op: 'eq', field: 'account', value: account },
      { op: 'eq', field: 'state', value: 'planned' },
      { op: 'ne', field: 'created_by', value: user },
      { op: 'ne', field: 'owner', value: user },
      ...(anybody ? [] : [{ op: 'under' as const, field: 'created_by', value: user }]),
    ] },
    page: { limit: SHOWN },
  });
}

/** Approves or refuses what is above the limit. */
export function decideGift(id: string, decision: Decision): Promise<unknown> {
  return api.post(`/visits/gifts/${id}/decision`, decision);
}
