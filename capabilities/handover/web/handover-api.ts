import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export type State = 'prepared' | 'done' | 'undone' | 'cancelled' | 'failed';

export type LedgerEntry = Readonly<{
  object: string; field: string; moved: number; kept: number; merged: number;
  records: Readonly<{ before: number; after: number }>;
  sums: readonly Readonly<{ field: string; before: string | null; after: string | null }>[];
  people: readonly Readonly<{ user: string; before: number; after: number }>[];
}>;
export type Ledger = Readonly<{ objects: readonly LedgerEntry[]; balanced: boolean }>;
export type Point = Readonly<{
  object: string; record: string; title: string; due: string | null; account: string | null;
  to: string;
}>;
export type Signature = Readonly<{
  role: 'giver' | 'receiver' | 'supervisor'; user: string; at: string;
}>;

export type Handover = Readonly<{
  id: string;
  fields: Readonly<{
    number: string; owner: string; from: string; successors: readonly string[]; state: State;
    execute_at: string | null; executed_at: string | null; undone_at: string | null;
    reason: string | null; ledger: Ledger | null; open_points: readonly Point[] | null;
    signatures: readonly Signature[] | null; problem: string | null;
  }>;
  can: readonly ('execute' | 'cancel' | 'undo' | 'sign' | 'brief')[];
  signed_off: boolean;
  restored?: number;
  conflicts?: readonly Readonly<{ object: string; record: string; title: string }>[];
}>;
export type Listed = Readonly<{
  id: string;
  fields: Pick<Handover['fields'], 'number' | 'owner' | 'from' | 'successors' | 'state'
    | 'execute_at' | 'executed_at'>;
}>;

export type Plan = Readonly<{
  from: string; to: string;
  splits: readonly Readonly<{ to: string; accounts: readonly string[] }>[];
  reason: string; execute_at: string | null;
}>;
export type ExportsBefore = Readonly<{
  days: number; count: number; more: boolean;
  latest: readonly Readonly<{ at: string; object: string; format: string }>[];
}>;
export type Trial = Readonly<{
  ledger: Ledger; open_points: readonly Point[]; exports: ExportsBefore;
}>;

export type Brief = Readonly<{
  user: string;
  accounts: readonly Readonly<{
    id: string; name: string | null; code: string | null; tier: string | null;
    lifecycle: string | null; open: number;
    contacts: readonly Readonly<{
      id: string; name: string | null; salutation: string | null; title: string | null;
      layer: string | null; function: string | null; phone: string | null;
    }>[];
  }>[];
  open_points: readonly Point[];
  counts: readonly Readonly<{ object: string; count: number }>[];
}>;

export const handoversQuery = queryOptions({
  queryKey: ['handover', 'list'],
  queryFn: () => api.get<{ handovers: readonly Listed[] }>('/handover'),
});

export function handoverQuery(id: string) {
  return queryOptions({
    queryKey: ['handover', id], queryFn: () => api.get<Handover>(`/handover/${id}`),
  });
}

export function briefQuery(id: string, user: string) {
  return queryOptions({
    queryKey: ['handover', id, 'brief', user],
    queryFn: () => api.get<Brief>(`/handover/${id}/brief`, { user }),
  });
}

/** What would happen; nothing is kept of it. */
export function tryHandover(plan: Plan): Promise<Trial> {
  return api.ask<Trial>('/handover', { ...plan, dry_run: true });
}

export function createHandover(plan: Plan): Promise<Handover> {
  return api.post<Handover>('/handover', plan);
}

export function actOn(id: string, action: 'execute' | 'cancel' | 'undo' | 'sign') {
  return api.post<Handover>(`/handover/${id}/${action}`);
}
