import { Check } from 'lucide-react';
import { memo } from 'react';
import type { FieldMeta, Fields, Value } from '@/api/types';
import { isEmptyValue } from '@/fields/widget';
import { cellText, optionText } from '../cells/cell-text';
import type { CellContext } from '../cells/cell-text';
import styles from './grid.module.css';

type Props = Readonly<{ field: FieldMeta; fields: Fields; context: CellContext }>;

function Tag({ field, option, context }: Readonly<{
  field: FieldMeta; option: Value; context: CellContext;
}>) {
  const colour = field.options?.find((one) => one.key === option)?.color;
  return (
    <span className={styles.tag}>
      {colour && <i className={styles.dot} style={{ background: `var(--tag-${colour})` }} />}
      {optionText(field, option, context.language)}
    </span>
  );
}

/** The content of a cell, drawn with as little as possible: thousands of them fly by. */
export const CellContent = memo(function CellContent({ field, fields, context }: Props) {
  const value = fields[field.api_name];
  if (isEmptyValue(value)) return null;
  if (field.type === 'boolean') {
    return value === true ? <Check size={15} aria-label={context.yes} /> : null;
  }
  if (field.type === 'select') return <Tag field={field} option={value} context={context} />;
  if (field.type === 'multi_select' && Array.isArray(value)) {
    return value.map((option: string) => (
      <Tag key={option} field={field} option={option} context={context} />
    ));
  }
  const text = cellText(field, fields, context);
  return field.type === 'rating' ? '★'.repeat(Number(text) || 0) : text;
});
