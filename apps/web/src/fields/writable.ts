import type { FieldMeta } from '@/api/types';

/** Whether this caller may set the field at all. */
export function isWritable(field: FieldMeta): boolean {
  return field.read_only !== true && field.system !== true && field.editable !== false;
}
