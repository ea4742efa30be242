import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type AnnualReportsView = components['schemas']['AnnualReports'];
export type AnnualReport = AnnualReportsView['reports'][number];
export type NotedValue = AnnualReport['noted'][number];

export function annualReportsQuery(account: string) {
  return queryOptions({
    queryKey: ['dossier', 'reports', account],
    queryFn: ({ signal }) => (
      api.get<AnnualReportsView>(`/dossier/accounts/${account}/reports`, {}, { signal })
    ),
  });
}

export type Taken = Readonly<{
  report: string; version: number; object: string; fields: readonly string[];
  base: Readonly<Record<string, unknown>>;
}>;

export function applyAnnualReport(account: string, taken: Taken) {
  return api.post<AnnualReportsView>(`/dossier/accounts/${account}/reports/apply`, taken);
}
