import { ENTERED_FOR } from '@/api/entering';
import type { FieldMeta } from '@/api/types';

/** Whether this caller may set the field at all; for whom something is entered is asked apart. */
export function isWritable(field: FieldMeta): boolean {
  return field.read_only !== true && field.system !== true && field.editable !== false &&
    field.api_name !== ENTERED_FOR;
}
