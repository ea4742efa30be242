import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import { createRecord, deleteRecord } from '@/api/records';
import type { QueryAnswer, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import { LAYOUT } from '@/records/layout';
import { SCOPES, definitionOf, isKind } from './definition';
import type { Definition, ViewKind, ViewScope } from './definition';

export type View = Readonly<{
  id: string; version: number; name: string; kind: ViewKind; scope: ViewScope;
  owner: string | null; definition: Definition;
  /** The roles whose people see it first; `everybody` stands for all. */
  defaultFor: readonly string[];
}>;

const MOST_VIEWS = 200;
const SELECT = ['name', 'object', 'kind', 'scope', 'owner', 'default_for', 'definition'];
export const EVERYBODY = 'everybody';

function viewOf(record: RecordRow): View {
  const { name, kind, scope, owner, definition, default_for: roles } = record.fields;
  return {
    id: record.id, version: record.version, name: asText(name),
    kind: isKind(kind) ? kind : 'grid',
    scope: SCOPES.find((one) => one === scope) ?? 'personal',
    owner: typeof owner === 'string' ? owner : null,
    definition: definitionOf(definition), defaultFor: Array.isArray(roles) ? roles : [],
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
            { op: 'ne', field: 'kind', value: LAYOUT },
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
  definition: Definition; default_for?: readonly string[];
}>;

const MOST_DEPARTMENTS = 200;

/** Those at the top: a share with them reaches everybody below. */
async function topDepartments(): Promise<readonly string[]> {
  const answer = await api.ask<QueryAnswer>('/records/department/query', {
    select: ['name'], where: { op: 'empty', field: 'parent' }, page: { limit: MOST_DEPARTMENTS },
  });
  return answer.records.map(({ id }) => id);
}

/** A shared view is everybody's to change, a locked one everybody's to read. */
export async function shareView(id: string, scope: ViewScope): Promise<void> {
  const level = scope === 'shared' ? 'edit' : 'read';
  const principals = scope === 'personal' ? [] : await topDepartments();
  await api.put(`/records/view/${id}/shares`, {
    shares: principals.map((principal) => ({ principal, level })),
  });
}

export async function createView(view: NewView): Promise<string> {
  const { id } = await createRecord('view', view);
  if (view.scope !== 'personal') await shareView(id, view.scope);
  return id;
}

export type ViewChange = Partial<Pick<View, 'name' | 'scope' | 'definition' | 'kind'>
  & Pick<NewView, 'default_for'>>;

export async function changeView(view: View, fields: ViewChange): Promise<void> {
  const headers = { 'If-Match': `"${view.version}"` };
  await api.patch(`/records/view/${view.id}`, { fields }, { headers });
  const { scope = view.scope } = fields;
  if (scope !== view.scope) await shareView(view.id, scope);
}

export function deleteView(view: View): Promise<unknown> {
  return deleteRecord('view', view.id);
}
