import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import type { components } from '@/api/schema';
import type { Filter } from '@/api/types';

type Schemas = components['schemas'];
export type OwnerDecision = Schemas['OwnerDecision'];

const SHOWN = 10;
const MOST_DEPARTMENTS = 50;

export function askForOwner(account: string, wish: Schemas['OwnerWish']): Promise<unknown> {
  return api.post(`/accounts/${account}/owner-requests`, wish);
}

export function decideOwnerRequest(id: string, decision: OwnerDecision): Promise<unknown> {
  return api.post(`/owner-requests/${id}/decide`, decision);
}

export function withdrawOwnerRequest(id: string): Promise<unknown> {
  return api.post(`/owner-requests/${id}/withdraw`);
}

/** What was asked for the account, newest first. */
export function ownerRequestsOf(account: string) {
  return recordQuery('owner_request', {
    select: [
      'from.name', 'to.name', 'reason', 'state', 'asked_by', 'asked_by.name', 'created_at',
      'decided_by.name', 'decided_at', 'note',
    ],
    where: { op: 'eq', field: 'account', value: account },
    sort: [{ field: 'created_at', dir: 'desc' }], page: { limit: SHOWN },
  });
}

/** The ids of those that the person who looks may decide: he is above whose account it is. */
export function useDecidable(account: string, enabled: boolean): ReadonlySet<string> {
  const { user } = useMeta();
  const headed = useQuery({
    ...recordQuery('department', {
      select: ['name'], where: { op: 'eq', field: 'head', value: user.id },
      page: { limit: MOST_DEPARTMENTS },
    }),
    enabled: enabled && !user.administrator,
  });
  const above: Filter[] = [
    { op: 'under', field: 'from', value: user.id },
    ...(headed.data?.records ?? []).map(({ id }): Filter => (
      { op: 'under', field: 'from.department', value: id }
    )),
  ];
  const found = useQuery({
    ...recordQuery('owner_request', {
      select: ['state'],
      where: { op: 'and', args: [
        { op: 'eq', field: 'account', value: account },
        { op: 'eq', field: 'state', value: 'requested' },
        { op: 'ne', field: 'asked_by', value: user.id },
        ...(user.administrator ? [] : [
          { op: 'ne', field: 'from', value: user.id } as const,
          { op: 'or', args: above } as const,
        ]),
      ] },
      page: { limit: SHOWN },
    }),
    enabled: enabled && (user.administrator || headed.isSuccess),
  });
  return new Set(found.data?.records.map(({ id }) => id));
}
