import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components, paths } from '@/api/schema';

export type OpenSession = components['schemas']['OpenSession'];

type Body<P extends keyof paths, M extends keyof paths[P], S extends number> =
  paths[P][M] extends { responses: Record<S, { content: { 'application/json': infer T } }> }
    ? T : never;

export type SecondFactor = Body<'/session/second-factor', 'get', 200>;
export type BegunFactor = Body<'/session/second-factor', 'post', 201>;

export const sessionList = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => api.get<{ sessions: readonly OpenSession[] }>('/sessions'),
});

export function endSession(id: string): Promise<undefined> {
  return api.remove(`/sessions/${id}`);
}

/** All of one's sessions but the one that asks. */
export function endOtherSessions(): Promise<undefined> {
  return api.remove('/sessions');
}

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => api.get<SecondFactor>('/session/second-factor'),
});

/** No idempotency key: the answers hold secrets and must not be kept. */
export function beginSecondFactor(current: string): Promise<BegunFactor> {
  return api.ask<BegunFactor>('/session/second-factor', { current });
}

export function confirmSecondFactor(
  code: string,
): Promise<{ readonly recovery_codes: readonly string[] }> {
  return api.ask('/session/second-factor/confirm', { code });
}

export function removeSecondFactor(current: string): Promise<undefined> {
  return api.ask('/session/second-factor/remove', { current });
}
