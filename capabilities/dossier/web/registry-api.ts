import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type RegistryView = components['schemas']['RegistryView'];
export type RegistryFinding = NonNullable<RegistryView['finding']>;
export type Difference = RegistryFinding['differences'][number];
export type AskedBy = 'credit_code' | 'name';

export function registryQuery(account: string) {
  return queryOptions({
    queryKey: ['dossier', 'registry', account],
    queryFn: ({ signal }) => (
      api.get<RegistryView>(`/dossier/accounts/${account}/registry`, {}, { signal })
    ),
  });
}

export function askRegistry(account: string, by: AskedBy | null) {
  return api.post<RegistryView>(`/dossier/accounts/${account}/registry`, { by });
}

export type Chosen = Readonly<{
  fetched_at: string; fields: readonly string[]; base: Readonly<Record<string, unknown>>;
}>;

export function applyRegistry(account: string, chosen: Chosen) {
  return api.post<RegistryView>(`/dossier/accounts/${account}/registry/apply`, chosen);
}
