import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components, paths } from './schema';

export type Share = components['schemas']['Share'];
export type ShareLevel = Share['level'];
export type ShareWish = Readonly<{
  principal: string; level: ShareLevel; expires_at?: string | null;
}>;

export type AccessAnswer = paths['/records/{object}/{id}/access']['get']['responses']['200'][
  'content']['application/json'];
export type Grant = AccessAnswer['grants'][number];

type SharesAnswer = Readonly<{ shares: readonly Share[] }>;

const place = (object: string, id: string) => `/records/${object}/${id}`;

/** What a person may do with a record, and by which grant; without a user: oneself. */
export function askAccess(
  object: string, id: string, user?: string, signal?: AbortSignal,
): Promise<AccessAnswer> {
  return api.get<AccessAnswer>(`${place(object, id)}/access`, { user }, { signal });
}

export function accessQuery(object: string, id: string, user?: string) {
  return queryOptions({
    queryKey: ['records', object, 'access', id, user ?? ''],
    queryFn: ({ signal }) => askAccess(object, id, user, signal),
  });
}

export function sharesQuery(object: string, id: string) {
  return queryOptions({
    queryKey: ['records', object, 'shares', id],
    queryFn: () => readShares(object, id),
  });
}

export async function readShares(object: string, id: string): Promise<readonly Share[]> {
  const answer = await api.get<SharesAnswer>(`${place(object, id)}/shares`);
  return answer.shares;
}

/** The whole list takes the place of what was there. */
export async function writeShares(
  object: string, id: string, shares: readonly ShareWish[],
): Promise<readonly Share[]> {
  const answer = await api.put<SharesAnswer>(`${place(object, id)}/shares`, { shares });
  return answer.shares;
}
