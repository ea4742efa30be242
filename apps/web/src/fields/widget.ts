import type { ComponentType } from 'react';
import type { FieldMeta, Fields, Value } from '@/api/types';

export type DisplayProps = Readonly<{ field: FieldMeta; value: Value; fields: Fields }>;

export type EditorProps = Readonly<{
  field: FieldMeta;
  value: Value;
  /** The record's other values, e.g. the name of a linked record under "account.name". */
  fields: Fields;
  id?: string;
  autoFocus?: boolean;
  invalid?: boolean;
  onChange: (value: Value) => void;
}>;

/** How one type of field is shown and changed. `align` decides its column in lists. */
export type FieldWidget = Readonly<{
  Display: ComponentType<DisplayProps>;
  Editor: ComponentType<EditorProps> | null;
  align: 'start' | 'end';
  width: number;
  sortable: boolean;
}>;

export function isEmptyValue(value: Value): boolean {
  return value === null || value === undefined || value === ''
    || (Array.isArray(value) && value.length === 0);
}

export function asText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
