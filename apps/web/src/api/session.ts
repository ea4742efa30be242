import { queryOptions } from '@tanstack/react-query';
import { api, setCsrfToken } from './client';
import type { Session } from './types';

async function keepToken(answer: Promise<Session>): Promise<Session> {
  const session = await answer;
  setCsrfToken(session.csrf_token);
  return session;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => keepToken(api.get<Session>('/session')),
  staleTime: Infinity,
  gcTime: Infinity,
  retry: false,
});

/** Whether people may sign in at the provider of the company. */
export const providerQuery = queryOptions({
  queryKey: ['provider'],
  queryFn: () => api.get<Readonly<{ enabled: boolean }>>('/session/oidc'),
  staleTime: Infinity,
  retry: false,
});

/** `code`: of the second factor, where there is one. */
export type Credentials = Readonly<{ login: string; password: string; code?: string }>;

export function signIn(credentials: Credentials): Promise<Session> {
  return keepToken(api.ask<Session>('/session', credentials));
}

export async function signOut(): Promise<void> {
  await api.remove('/session');
  setCsrfToken(null);
}
