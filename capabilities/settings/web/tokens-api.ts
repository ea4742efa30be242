import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type Token = components['schemas']['Token'];
export type TokenScope = Token['scope'];

export type NewToken = Token & Readonly<{ token: string }>;

export const tokenList = queryOptions({
  queryKey: ['tokens'],
  queryFn: () => api.get<{ tokens: readonly Token[] }>('/tokens'),
});

type Wanted = Readonly<{ name: string; scope: TokenScope; expires_at?: string }>;

/** No idempotency key: the answer holds the secret and must not be kept. */
export function createToken(wanted: Wanted): Promise<NewToken> {
  return api.ask<NewToken>('/tokens', wanted);
}

export function revokeToken(id: string): Promise<undefined> {
  return api.remove(`/tokens/${id}`);
}
