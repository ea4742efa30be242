import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Query, QueryAnswer, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Department } from './tree';

const PAGE_LIMIT = 500;
const MOST_PAGES = 20;

/** Every record of a small object. */
export async function everyRecord(object: string, query: Query): Promise<readonly RecordRow[]> {
  const found: RecordRow[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await api.ask<QueryAnswer>(`/records/${object}/query`, {
      ...query, count: 'none', page: { limit: PAGE_LIMIT, after },
    });
    found.push(...answer.records);
    if (!answer.page.has_more || !answer.page.next) break;
    after = answer.page.next;
  }
  return found;
}

export const departmentsQuery = queryOptions({
  queryKey: ['records', 'department', 'every'],
  queryFn: async (): Promise<readonly Department[]> => (
    (await everyRecord('department', {
      select: ['name', 'parent'], sort: [{ field: 'name', dir: 'asc' }],
    })).map(({ id, fields }) => ({
      id, name: asText(fields.name) || id, parent: asText(fields.parent) || null,
    }))
  ),
});

export const ownRolesQuery = queryOptions({
  queryKey: ['records', 'role', 'every'],
  queryFn: () => everyRecord('role', {
    select: ['name', 'remarks', 'rights'], sort: [{ field: 'name', dir: 'asc' }],
  }),
});

/** For who has lost the app: the password alone lets that person in again. */
export function takeSecondFactor(user: string): Promise<undefined> {
  return api.remove(`/users/${user}/second-factor`);
}

/** No idempotency key: a password is kept nowhere. */
export function setPassword(user: string, password: string): Promise<undefined> {
  return api.ask(`/users/${user}/password`, { password });
}
