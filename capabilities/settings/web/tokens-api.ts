import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export type Token = Readonly<{
  id: string; name: string; created_at?: string | null; expires_at?: string | null;
  last_used_at?: string | null;
}>;

export type NewToken = Readonly<{ id: string; name: string; token: string }>;

export const tokenList = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => api.get<{ tokens: readonly Token[] }>('/tokens'),
});

/** No idempotency key: the answer holds the secret and must not be kept. */
export function createToken(wanted: { name: string; expires_at?: string }): Promise<NewToken> {
  return api.ask<NewToken>('/tokens', wanted);
}

export function revokeToken(id: string): Promise<undefined> {
  return api.remove(`/tokens/${id}`);
}
