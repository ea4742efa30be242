import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { components } from '@/api/schema';

export type Network = components['schemas']['Network'];
export type Member = Network['members'][number];
export type Relation = Network['relations'][number];

export function networkOf(id: string) {
  return queryOptions({
    queryKey: ['dossier', 'network', id],
    queryFn: ({ signal }) => api.get<Network>(`/dossier/accounts/${id}/network`, {}, { signal }),
  });
}

/** How deep each entity of the group stands below its top. */
export function levelsOf(members: readonly Member[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { id, parent } of members) {
    levels.set(id, parent === null ? 0 : (levels.get(parent) ?? -1) + 1);
  }
  return levels;
}

/** The members as a tree is read: each with those below it before the next one beside it. */
export function inTreeOrder(members: readonly Member[]): readonly Member[] {
  const below = new Map<string, Member[]>();
  const [top, ...rest] = members;
  if (!top) return [];
  for (const one of rest) {
    const parent = one.parent ?? top.id;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const ordered: Member[] = [];
  const take = (one: Member) => {
    ordered.push(one);
    (below.get(one.id) ?? []).forEach(take);
  };
  take(top);
  return ordered;
}
