import type { FieldMeta, ObjectMeta } from './types';

/** Metadata for unit tests: a plain text field, and an object of given fields. */
export function fieldMeta(api_name: string, more: Partial<FieldMeta> = {}): FieldMeta {
  return {
    api_name, type: 'text', label: { 'zh-CN': api_name, en: api_name }, required: false,
    unique: false, read_only: false, system: false, editable: true, important: false,
    sensitivity: 'normal', ...more,
  };
}

export function objectMeta(api_name: string, fields: readonly FieldMeta[]): ObjectMeta {
  return {
    api_name, label: { 'zh-CN': api_name, en: api_name }, origin: 'standard', fields,
    capability: 'testing', features: [], ownership: { kind: 'none' }, primary_field: 'name',
    rights: {
      create: true, read: true, update: true, delete: true, import: true, export: true, share: true,
      personal: true, export_personal: true,
    },
  };
}
