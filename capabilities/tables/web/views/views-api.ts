import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { createRecord, deleteRecord } from '@/api/records';
import type { QueryAnswer, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { SCOPES, definitionOf, isKind } from './definition';
import type { Definition, ViewKind, ViewScope } from './definition';

export type View = Readonly<{
  id: string; version: number; name: string; kind: ViewKind; scope: ViewScope;
  owner: string | null; definition: Definition;
}>;

const MOST_VIEWS = 200;
const SELECT = ['name', 'object', 'kind', 'scope', 'owner', 'definition'];

function viewOf(record: RecordRow): View {
  const { name, kind, scope, owner, definition } = record.fields;
  return {
    id: record.id, version: record.version, name: asText(name),
    kind: isKind(kind) ? kind : 'grid',
    scope: SCOPES.find((one) => one === scope) ?? 'personal',
    owner: typeof owner === 'string' ? owner : null,
    definition: definitionOf(definition),
  };
}

/** The views of an object that this person may use: shared ones, locked ones and their own. */
export function viewsQuery(object: string) {
  return queryOptions({
    queryKey: ['records', 'view', 'of', object],
    queryFn: async ({ signal }) => {
      const answer = await api.ask<QueryAnswer>('/records/view/query', {
        select: SELECT,
        where: {
          op: 'and',
          args: [
            { op: 'eq', field: 'object', value: object },
            {
              op: 'or',
              args: [
                { op: 'ne', field: 'scope', value: 'personal' },
                { op: 'eq', field: 'owner', value: { var: 'me' } },
              ],
            },
          ],
        },
        sort: [{ field: 'created_at', dir: 'asc' }],
        page: { limit: MOST_VIEWS },
      }, { signal });
      return answer.records.map(viewOf);
    },
  });
}

export type NewView = Readonly<{
  object: string; name: string; kind: ViewKind; scope: ViewScope; owner: string;
  definition: Definition;
}>;

export async function createView(view: NewView): Promise<string> {
  return (await createRecord('view', view)).id;
}

export type ViewChange = Partial<Pick<View, 'name' | 'scope' | 'definition' | 'kind'>>;

export function changeView(view: View, fields: ViewChange): Promise<unknown> {
  const headers = { 'If-Match': `"${view.version}"` };
  return api.patch(`/records/view/${view.id}`, { fields }, { headers });
}

export function deleteView(view: View): Promise<unknown> {
  return deleteRecord('view', view.id);
}
