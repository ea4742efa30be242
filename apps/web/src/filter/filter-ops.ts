import type { FieldMeta, Filter, FilterOp, ObjectMeta } from '@/api/types';
import { fieldOf, isLink, isNumber } from '@/api/meta';
import { isEmptyValue } from '@/fields/widget';

const EMPTINESS: readonly FilterOp[] = ['empty', 'not_empty'];
const ORDER: readonly FilterOp[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between'];

/** The comparisons that fit a field, the usual one first. */
export function opsFor(field: FieldMeta): readonly FilterOp[] {
  if (field.sensitivity === 'personal') return EMPTINESS;
  if (field.many || field.type === 'multi_select') {
    return ['has_any', 'has_all', 'has_none', ...EMPTINESS];
  }
  if (isLink(field)) return ['eq', 'ne', 'in', 'not_in', 'under', ...EMPTINESS];
  if (isNumber(field) || field.type === 'rating') return [...ORDER, ...EMPTINESS];
  switch (field.type) {
    case 'date': case 'datetime':
      return ['within', ...ORDER, ...EMPTINESS];
    case 'select':
      return ['in', 'not_in', ...EMPTINESS];
    case 'boolean':
      return ['eq', ...EMPTINESS];
    case 'json': case 'attachment':
      return EMPTINESS;
    default:
      return ['contains', 'eq', 'ne', 'starts', ...EMPTINESS];
  }
}

export const OP_TEXTS: Readonly<Record<FilterOp, string>> = {
  and: 'filter.and', or: 'filter.or', not: 'filter.not', eq: 'filter.eq', ne: 'filter.ne',
  lt: 'filter.lt', lte: 'filter.lte', gt: 'filter.gt', gte: 'filter.gte', in: 'filter.in',
  not_in: 'filter.not_in', between: 'filter.between', within: 'filter.within',
  contains: 'filter.contains', starts: 'filter.starts', empty: 'filter.empty',
  not_empty: 'filter.not_empty', has_any: 'filter.has_any', has_all: 'filter.has_all',
  has_none: 'filter.has_none', under: 'filter.under', some: 'filter.some', none: 'filter.none',
  every: 'filter.every',
};

export const RELATIVE_TEXTS: Readonly<Record<string, string>> = {
  today: 'relative.today', yesterday: 'relative.yesterday', tomorrow: 'relative.tomorrow',
  this_week: 'relative.this_week', last_week: 'relative.last_week',
  next_week: 'relative.next_week', this_month: 'relative.this_month',
  last_month: 'relative.last_month', next_month: 'relative.next_month',
  this_quarter: 'relative.this_quarter', last_quarter: 'relative.last_quarter',
  next_quarter: 'relative.next_quarter', this_year: 'relative.this_year',
  last_year: 'relative.last_year', next_year: 'relative.next_year',
  last_days: 'relative.last_days', next_days: 'relative.next_days',
};

export function isGroup(filter: Filter): boolean {
  return filter.op === 'and' || filter.op === 'or' || filter.op === 'not';
}

export function isRelated(filter: Filter): boolean {
  return filter.op === 'some' || filter.op === 'none' || filter.op === 'every';
}

/** The field at the end of a path over links: account.owner.name. */
export function fieldAt(
  objects: readonly ObjectMeta[], object: ObjectMeta, path: string,
): FieldMeta | undefined {
  const names = path.split('.');
  let here: ObjectMeta | undefined = object;
  for (const [at, name] of names.entries()) {
    const field: FieldMeta | undefined = here && fieldOf(here, name);
    if (at === names.length - 1) return field;
    const target: string | undefined = field?.type === 'link' ? field.target : field?.type;
    here = objects.find((one) => one.api_name === target);
  }
  return undefined;
}

export type Relation = Readonly<{ rel: string; object: ObjectMeta; field: FieldMeta }>;

/** The records that point at those of an object: its contacts, its orders. */
export function relationsOf(
  objects: readonly ObjectMeta[], object: ObjectMeta,
): readonly Relation[] {
  return objects.filter((other) => other.rights.read).flatMap((other) => other.fields
    .filter((field) => field.type === 'link' && field.target === object.api_name && !field.many)
    .map((field) => ({ rel: `${other.api_name}.${field.api_name}`, object: other, field })));
}

function hasValue(filter: Filter): boolean {
  if (EMPTINESS.includes(filter.op)) return true;
  if (filter.op === 'between') {
    return Array.isArray(filter.value) && filter.value.length === 2
      && filter.value.every((one) => !isEmptyValue(one));
  }
  return !isEmptyValue(filter.value);
}

/** What the server can be asked: without the conditions that are still being written. */
export function complete(filter: Filter | undefined): Filter | undefined {
  if (!filter) return undefined;
  if (isGroup(filter)) {
    const args = (filter.args ?? []).flatMap((arg) => complete(arg) ?? []);
    return args.length === 0 ? undefined : { op: filter.op, args };
  }
  if (isRelated(filter)) {
    if (!filter.rel) return undefined;
    const where = complete(filter.where);
    return where ? { op: filter.op, rel: filter.rel, where } : { op: filter.op, rel: filter.rel };
  }
  return filter.field && hasValue(filter) ? filter : undefined;
}

/** How many conditions a filter has. */
export function conditions(filter: Filter | undefined): number {
  if (!filter) return 0;
  if (!isGroup(filter)) return 1;
  return (filter.args ?? []).reduce((sum, arg) => sum + conditions(arg), 0);
}

/** A filter as the builder shows it: always a group at the top. */
export function asGroup(filter: Filter | undefined): Filter {
  if (!filter) return { op: 'and', args: [] };
  return isGroup(filter) ? filter : { op: 'and', args: [filter] };
}
