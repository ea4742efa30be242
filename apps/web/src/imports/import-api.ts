import { queryOptions } from '@tanstack/react-query';
import { api, apiUrl } from '@/api/client';
import type { ProblemBody } from '@/api/types';

export type ImportState =
  | 'uploaded' | 'planning' | 'planned' | 'running' | 'done' | 'failed' | 'cancelled' | 'reverted';

export type ImportColumn = Readonly<{
  name: string; samples: readonly string[]; suggested_field: string | null;
}>;

export type Missing = 'create' | 'error' | 'null';

export type Mapping = Readonly<{
  column: string; field: string; link_by?: string; missing?: Missing; format?: string;
}>;

export type ImportPlan = Readonly<{
  object: string;
  mode: 'create' | 'upsert';
  match?: readonly string[];
  mapping?: readonly Mapping[];
  replace?: 'order';
  repeat?: boolean;
  automations?: 'on' | 'off';
  /** Values for every row whose file has no column for the field: the tax basis and rate. */
  defaults?: Readonly<Record<string, string>>;
}>;

export type ImportReport = Readonly<{
  rows: number;
  valid: number;
  failed: number;
  duplicates?: number;
  creates?: Readonly<Record<string, number>>;
  links?: readonly Readonly<{
    column: string; field: string; matched: number; to_create: number; unmatched: number;
  }>[];
  errors?: readonly Readonly<{ row: number; column?: string; code: string; message: string }>[];
}>;

export type ImportJob = Readonly<{
  id: string;
  state: ImportState;
  file_name: string;
  object?: string | null;
  rows: number;
  columns?: readonly ImportColumn[];
  plan?: ImportPlan | null;
  report?: ImportReport | null;
  progress?: Readonly<{ done: number; total: number }> | null;
  created?: number;
  updated?: number;
  failed?: number;
  problem?: ProblemBody | null;
  created_at?: string;
}>;

const POLL_MS = 500;
const WORKING: readonly ImportState[] = ['planning', 'running'];

export function isWorking(state: ImportState): boolean {
  return WORKING.includes(state);
}

/** One import; while the server works on it, it is asked for again every half second. */
export function importById(id: string) {
  return queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => api.get<ImportJob>(`/imports/${id}`),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state !== undefined && isWorking(state) ? POLL_MS : false;
    },
    staleTime: 0,
  });
}

export function importList(limit: number) {
  return queryOptions({
    queryKey: ['imports', 'list', limit],
    queryFn: () => api.get<{ imports: readonly ImportJob[] }>('/imports', { limit }),
    staleTime: 5_000,
  });
}

export function putPlan(id: string, plan: ImportPlan): Promise<unknown> {
  return api.put(`/imports/${id}/plan`, plan);
}

export function act(id: string, action: 'run' | 'cancel' | 'revert'): Promise<unknown> {
  return api.post(`/imports/${id}/${action}`);
}

export function errorsUrl(id: string): string {
  return apiUrl(`/imports/${id}/errors.csv`);
}
