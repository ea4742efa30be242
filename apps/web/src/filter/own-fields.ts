import { createContext } from 'react';
import { isLink } from '@/api/meta';
import type { FieldMeta, FilterOp, Value } from '@/api/types';

/**
 * The fields of a person that a condition may be compared with; none outside of the rules of
 * roles.
 */
export const OwnFields = createContext<readonly FieldMeta[]>([]);

const ME = 'me.';
const SETS: readonly string[] = ['in', 'not_in', 'has_any', 'has_all', 'has_none'];
const WORDS: readonly string[] = [
  'text', 'long_text', 'email', 'phone', 'url', 'autonumber', 'select', 'multi_select',
];

/** Of {"var": …} with the name of a person's field; null for any other value. */
export function ownFieldOf(value: Value): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { var: name } = value as Readonly<Record<string, unknown>>;
  if (name === 'me') return 'id';
  return typeof name === 'string' && name.startsWith(ME) ? name.slice(ME.length) : null;
}

export function ownValue(field: string): Value {
  return { var: ME + field };
}

const leadsTo = (field: FieldMeta): string | undefined => {
  if (field.type === 'id') return 'user';
  return field.type === 'link' ? field.target : isLink(field) ? field.type : undefined;
};

/** Those of a person's fields that a condition on the field can be compared with. */
export function comparableWith(
  field: FieldMeta, op: FilterOp, own: readonly FieldMeta[],
): readonly FieldMeta[] {
  if (op === 'between' || op === 'within') return [];
  const set = SETS.includes(op);
  return own.filter((one) => {
    if (one.sensitivity === 'personal' || one.result_type !== undefined) return false;
    if (!set && (one.many || one.type === 'multi_select')) return false;
    if (isLink(field)) return leadsTo(one) === leadsTo(field);
    if (WORDS.includes(field.type)) return WORDS.includes(one.type);
    return one.type === field.type;
  });
}
