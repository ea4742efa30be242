import type { FieldMeta, Fields } from '@/api/types';
import { isEmptyValue } from './widget';
import { widgetOf } from './widgets';

type Props = Readonly<{ field: FieldMeta; fields: Fields; emptyText?: string }>;

export function FieldValue({ field, fields, emptyText = '—' }: Props) {
  const value = fields[field.api_name];
  if (isEmptyValue(value)) return <span className="faint">{emptyText}</span>;
  const { Display } = widgetOf(field.type);
  return <Display field={field} value={value} fields={fields} />;
}
