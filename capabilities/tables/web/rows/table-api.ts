import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import type { Fields, ProblemBody, QueryAnswer, RecordRow } from '@/api/types';
import type { GroupKey } from '../views/definition';

export type AggregateRequest = components['schemas']['Aggregate'];
export type AggregateAnswer = components['schemas']['AggregateAnswer'];
export type MeasureRequest = NonNullable<AggregateRequest['measures']>[number];

export const MOST_GROUPS = 500;

export function groupRequest(key: GroupKey) {
  return key.bucket ? { field: key.field, bucket: key.bucket } : { field: key.field };
}

export function aggregate(object: string, request: AggregateRequest, signal?: AbortSignal) {
  return api.ask<AggregateAnswer>(`/records/${object}/aggregate`, request, { signal });
}

export function aggregateQuery(object: string, request: AggregateRequest) {
  return queryOptions({
    queryKey: ['records', object, 'aggregate', request],
    queryFn: ({ signal }) => aggregate(object, request, signal),
  });
}

export type BatchOp = Readonly<{
  op: 'create' | 'update' | 'delete' | 'restore';
  id?: string; fields?: Fields; base?: Fields; reason?: string;
}>;
export type BatchResult = Readonly<{
  status?: number; id?: string; version?: number; problem?: ProblemBody;
}>;

/** The server's limit of one batch. */
export const BATCH_OPS = 1000;

/** Runs operations that succeed or fail each for itself; results come in their order. */
export async function batch(
  object: string, ops: readonly BatchOp[],
): Promise<readonly BatchResult[]> {
  const results: BatchResult[] = [];
  for (let at = 0; at < ops.length; at += BATCH_OPS) {
    const answer = await api.post<Readonly<{ results: readonly BatchResult[] }>>(
      `/records/${object}/batch`, { mode: 'partial', ops: ops.slice(at, at + BATCH_OPS) },
    );
    results.push(...answer.results);
  }
  return results;
}

const IDS_AT_ONCE = 500;

/** The present state of some records, in the select of a view. */
export async function readRecords(
  object: string, ids: readonly string[], select: readonly string[],
): Promise<ReadonlyMap<string, RecordRow>> {
  const found = new Map<string, RecordRow>();
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const some = ids.slice(at, at + IDS_AT_ONCE);
    const answer = await api.ask<QueryAnswer>(`/records/${object}/query`, {
      select, where: { op: 'in', field: 'id', value: some }, page: { limit: IDS_AT_ONCE },
    });
    for (const record of answer.records) found.set(record.id, record);
  }
  return found;
}
