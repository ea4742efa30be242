import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { asText } from '@/fields/widget';
import type { Fields } from '@/api/types';

type Schemas = components['schemas'];
export type PowerMap = Schemas['PowerMap'];
export type MapPerson = Schemas['MapPerson'];
export type Standing = NonNullable<MapPerson['standing']>;
export type Place = NonNullable<MapPerson['place']>;
export type Gap = PowerMap['gaps'][number];
export type Row = Schemas['DossierRow'];

const KEY = 'power-map';
export const mapKey = [KEY] as const;

export function mapQuery(account: string, opportunity: string, day: string) {
  return queryOptions({
    queryKey: [KEY, account, opportunity, day],
    queryFn: ({ signal }) => api.get<PowerMap>(
      `/dossier/accounts/${account}/map`, { opportunity, day }, { signal },
    ),
  });
}

export function useRefreshMap(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: mapKey });
}

export type Placed = Readonly<{ contact: string; place: Place | null }>;

type BatchAnswer = Readonly<{ results: readonly Readonly<{ status: number }>[] }>;

/** Where cards lie from now on; null: where the map itself puts them. */
export function savePlaces(placed: readonly Placed[]): Promise<BatchAnswer> {
  return api.post<BatchAnswer>('/records/map_position/batch', {
    mode: 'atomic',
    ops: placed.map(({ contact, place }) => ({
      op: 'upsert', match: { contact }, fields: place ?? { x: null, y: null },
    })),
  });
}

/** A field as text; empty where there is none. */
export function textOf(fields: Fields | undefined, name: string): string {
  return asText(fields?.[name]);
}

export function numberOf(fields: Fields | undefined, name: string): number | null {
  const value = fields?.[name];
  return typeof value === 'number' ? value : null;
}

/** 王总 where we know how he is addressed, else the name. */
export function calledName(person: MapPerson): string {
  return textOf(person.fields, 'name') || textOf(person.fields, 'salutation') || '—';
}

export function userName(map: PowerMap, id: string): string {
  return textOf(map.users.find((user) => user.id === id)?.fields, 'name') || '—';
}
