import type { Fields } from '@/api/types';
import { asText } from '@/fields/widget';
import { withBelow } from './tree';
import type { Department } from './tree';

export type Wrong = Readonly<Record<string, string>>;

/** What is wrong with a deputy before it is sent, as keys of texts by field. */
export function deputyErrors(user: string, values: Fields): Wrong {
  const errors: Record<string, string> = {};
  const deputy = asText(values.deputy);
  const [from, until] = [asText(values.starts_at), asText(values.ends_at)];
  if (!deputy) errors.deputy = 'people.needs_deputy';
  else if (deputy === user) errors.deputy = 'people.own_deputy';
  if (!from) errors.starts_at = 'people.needs_time';
  if (!until) errors.ends_at = 'people.needs_time';
  else if (from && Date.parse(until) <= Date.parse(from)) errors.ends_at = 'people.ends_early';
  return errors;
}

/** A department cannot stand below itself. */
export function departmentErrors(
  id: string | null, values: Fields, departments: readonly Department[],
): Wrong {
  const parent = asText(values.parent);
  if (id === null || parent === '') return {};
  return withBelow(departments, id).includes(parent) ? { parent: 'people.below_itself' } : {};
}

export function userErrors(id: string | null, values: Fields): Wrong {
  return id !== null && asText(values.manager) === id ? { manager: 'people.own_manager' } : {};
}

/** Only what differs is sent, each with the value that it takes the place of. */
export function changesOf(stored: Fields, draft: Fields): { fields: Fields; base: Fields } {
  const changed = Object.keys(draft).filter((name) => (
    JSON.stringify(draft[name] ?? null) !== JSON.stringify(stored[name] ?? null)
  ));
  return {
    fields: Object.fromEntries(changed.map((name) => [name, draft[name] ?? null])),
    base: Object.fromEntries(changed.map((name) => [name, stored[name] ?? null])),
  };
}

export type Phase = 'coming' | 'now' | 'over';

export function phaseOf(from: string, until: string, now: number): Phase {
  if (Date.parse(until) <= now) return 'over';
  return Date.parse(from) > now ? 'coming' : 'now';
}
