import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Language } from '@/i18n/language';
import { api } from './client';
import type { FieldMeta, Labels, Meta, ObjectMeta, Option } from './types';

/** A computed field is shown, filtered and sorted like the type of its values. */
function withResultTypes(meta: Meta): Meta {
  const objects = meta.objects.map((object) => ({
    ...object,
    fields: object.fields.map((field) => ({ ...field, type: field.result_type ?? field.type })),
  }));
  return { ...meta, objects };
}

export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: () => api.get<Meta>('/meta').then(withResultTypes),
  staleTime: 5 * 60_000,
});

export function useMeta(): Meta {
  return useSuspenseQuery(metaQuery).data;
}

export function useObjectMeta(object: string): ObjectMeta | undefined {
  return useMeta().objects.find((candidate) => candidate.api_name === object);
}

export function fieldOf(object: ObjectMeta, name: string): FieldMeta | undefined {
  return object.fields.find((field) => field.api_name === name);
}

export function labelOf(labels: Labels | undefined, language: Language, otherwise = ''): string {
  if (!labels) return otherwise;
  return labels[language] || labels['zh-CN'] || otherwise;
}

export function optionLabel(option: Option, language: Language): string {
  return labelOf(option.label, language, option.key);
}

export function isSystem(field: FieldMeta): boolean {
  return field.system === true;
}

export function isNumber(field: FieldMeta): boolean {
  return ['integer', 'decimal', 'percent', 'money', 'rollup'].includes(field.type);
}

export function isLink(field: FieldMeta): boolean {
  return ['link', 'user', 'department'].includes(field.type);
}
