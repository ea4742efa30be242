import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { Language } from '@/i18n/language';
import { api } from './client';
import type { FieldMeta, Labels, Meta, ObjectMeta, Option } from './types';

export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: () => api.get<Meta>('/meta'),
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
  return field.system === true || SYSTEM_FIELDS.includes(field);
}

/** System fields exist on every object without being listed in its metadata. */
export const SYSTEM_FIELDS: readonly FieldMeta[] = [
  system('created_at', 'datetime', '创建时间', 'Created'),
  system('created_by', 'user', '创建人', 'Created by'),
  system('updated_at', 'datetime', '更新时间', 'Updated'),
  system('updated_by', 'user', '更新人', 'Updated by'),
];

function system(
  api_name: string, type: FieldMeta['type'], chinese: string, english: string,
): FieldMeta {
  const label = { 'zh-CN': chinese, en: english };
  return { api_name, type, label, required: false, unique: false, read_only: true };
}
