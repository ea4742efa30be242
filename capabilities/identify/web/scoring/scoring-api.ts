import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { QueryAnswer, RecordRow } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Criterion, Definition, Threshold } from './model';

type Schemas = components['schemas'];
type AccountName = Readonly<{ id: string; code: string | null; name: string }>;

export type Preview = Readonly<{
  accounts: number; up: number; down: number; insufficient: number;
  tiers: readonly Readonly<{ tier: string; before: number; after: number }>[];
  moves: readonly Readonly<{ from: string | null; to: string | null; accounts: number }>[];
  histogram: readonly number[];
  movers: readonly Readonly<{
    account: AccountName; from: string | null; to: string | null;
    composite_before: string | null; composite: string;
  }>[];
  service_load: Schemas['ScoringPreview']['service_load'];
}>;

export type Scheme = Schemas['SchemeCriteria'];

export type Contribution = Readonly<{
  key: string; input: string | null; band: number | null; points: string; weight: string;
  counts: boolean; contribution: string;
}>;

export type Explanation = Readonly<{
  account: string; model: string; version: number; composite: string; tier: string;
  tier_before: string | null; override_tier: string | null; coverage: number;
  sufficient: boolean; contributions: readonly Contribution[];
  lifts: readonly Readonly<{ key: string; band: number; composite: string; tier: string }>[];
}>;

type Published = Readonly<{ id: string; version: number; job: string }>;

const KEY = ['records', 'scoring_model'] as const;
const place = (id: string) => `/identify/models/${id}`;

export const modelsQuery = queryOptions({
  queryKey: [...KEY, 'every'],
  queryFn: () => api.get<QueryAnswer>('/identify/models'),
});

export function modelQuery(id: string) {
  return queryOptions({
    queryKey: [...KEY, 'one', id], queryFn: () => api.get<RecordRow>(place(id)),
  });
}

/** What publishing the stored draft would do; while it is worked out the last one stays. */
export function previewQuery(id: string, version: number, asOf: string | null) {
  return queryOptions({
    queryKey: [...KEY, 'preview', id, version, asOf],
    queryFn: ({ signal }) => api.ask<Preview>(
      `${place(id)}/preview`, asOf === null ? {} : { as_of: asOf }, { signal },
    ),
    placeholderData: keepPreviousData, retry: false,
  });
}

/** The criteria of the models in force, for each class of a field of accounts. */
export function schemeQuery(field: string) {
  return queryOptions({
    queryKey: [...KEY, 'scheme', field], retry: false,
    queryFn: () => api.get<Scheme>('/identify/criteria', { field }),
  });
}

export function explanationQuery(account: string) {
  return queryOptions({
    queryKey: ['records', 'account', 'score', account], retry: false,
    queryFn: () => api.get<Explanation>(`/identify/accounts/${account}/explanation`),
  });
}

/** A member of a json field: the server gives what it keeps, as text or as it is. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

export function definitionOf(fields: RecordRow['fields']): Definition {
  return {
    name: asText(fields.name),
    scope: (parsed(fields.scope) ?? null) as Definition['scope'],
    criteria: (parsed(fields.criteria) ?? []) as readonly Criterion[],
    thresholds: (parsed(fields.thresholds) ?? []) as readonly Threshold[],
    margin: asText(fields.margin) || '3',
  };
}

/** The criteria of a version as it was published. */
export function criteriaOfVersion(fields: RecordRow['fields']): readonly Criterion[] {
  const definition = parsed(fields.definition) as Partial<Definition> | null;
  return definition?.criteria ?? [];
}

export function thresholdsOfVersion(fields: RecordRow['fields']): readonly Threshold[] {
  const definition = parsed(fields.definition) as Partial<Definition> | null;
  return definition?.thresholds ?? [];
}

export function createModel(definition: Definition): Promise<RecordRow> {
  return api.post<RecordRow>('/identify/models', definition);
}

export function saveModel(
  id: string, version: number, definition: Definition,
): Promise<RecordRow> {
  return api.patch<RecordRow>(place(id), definition, {
    headers: { 'If-Match': `"${version}"` },
  });
}

export function publishModel(id: string): Promise<Published> {
  return api.post<Published>(`${place(id)}/publish`);
}

export function rollBack(id: string, to: number): Promise<Published> {
  return api.post<Published>(`${place(id)}/rollback`, { to });
}

export function retireModel(id: string): Promise<Published> {
  return api.post<Published>(`${place(id)}/retire`);
}

/** Puts a tier given by a person in force; only its approver may. */
export function approveOverride(id: string): Promise<unknown> {
  return api.post(`/identify/overrides/${id}/approve`);
}
