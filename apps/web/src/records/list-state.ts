import type { FieldMeta, Filter, ObjectMeta, SortKey } from '@/api/types';
import { isSystem } from '@/api/meta';

const DEFAULT_COLUMNS = 8;
const HIDDEN_BY_DEFAULT = new Set(['long_text', 'json', 'attachment']);

/** "-amount" in the URL → the sort of the query. */
export function sortFromUrl(text: string | null): readonly SortKey[] | undefined {
  if (text === null || text === '') return undefined;
  const descending = text.startsWith('-');
  const field = descending ? text.slice(1) : text;
  return [{ field, dir: descending ? 'desc' : 'asc', nulls: 'last' }];
}

export function filterFromUrl(text: string | null): Filter | undefined {
  if (text === null) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'op' in parsed
      ? (parsed as Filter) : undefined;
  } catch {
    return undefined;
  }
}

export function allFields(object: ObjectMeta): readonly FieldMeta[] {
  return object.fields.filter(
    (field) => field.api_name !== 'id' && field.api_name !== 'version',
  );
}

/** The primary field first, then the person's choice or a sensible first handful. */
export function columnsOf(object: ObjectMeta, chosen: string | null): readonly FieldMeta[] {
  const fields = allFields(object);
  const primary = fields.filter((field) => field.api_name === object.primary_field);
  const rest = fields.filter((field) => field.api_name !== object.primary_field);
  if (chosen !== null) {
    const names = chosen.split('.');
    const byName = new Map(rest.map((field) => [field.api_name, field]));
    return [...primary, ...names.flatMap((name) => byName.get(name) ?? [])];
  }
  const usual = rest.filter(
    (field) => !HIDDEN_BY_DEFAULT.has(field.type) && field.sensitivity !== 'personal'
      && !isSystem(field),
  );
  const important = usual.filter((field) => field.important || field.required);
  const others = usual.filter((field) => !important.includes(field));
  const shown = new Set([...important, ...others].slice(0, DEFAULT_COLUMNS - primary.length));
  return [...primary, ...usual.filter((field) => shown.has(field))];
}
