import { isNumber } from '@/api/meta';
import type { FieldMeta, Value } from '@/api/types';
import { asText } from '@/fields/widget';
import type { Language } from '@/i18n/language';
import { formatDecimal, parseDecimal, roundTo } from '@/lib/decimal';
import { formatCount } from '@/lib/money';
import { cellText } from '../cells/cell-text';
import type { CellContext } from '../cells/cell-text';
import type { MeasureFn } from './definition';

/** The functions that fit a field. */
export function measuresFor(field: FieldMeta | undefined): readonly MeasureFn[] {
  if (!field) return ['count'];
  if (isNumber(field)) return ['sum', 'avg', 'min', 'max', 'median', 'count_distinct'];
  if (field.type === 'date' || field.type === 'datetime') return ['min', 'max', 'count_distinct'];
  return ['count_distinct'];
}

const AVERAGE_PLACES = 2;

/** A measured value as text: amounts like amounts, averages rounded for reading. */
export function measureText(
  field: FieldMeta | undefined, fn: MeasureFn, value: Value, context: CellContext,
  language: Language,
): string {
  if (value === null || value === undefined) return '';
  if (fn === 'count' || fn === 'count_distinct') return formatCount(Number(value));
  if (!field) return asText(value);
  const parsed = parseDecimal(asText(value));
  if (!parsed) return cellText(field, { [field.api_name]: value }, { ...context, language });
  const shown = fn === 'avg' || fn === 'median'
    ? formatDecimal(roundTo(parsed, AVERAGE_PLACES)).replaceAll(',', '') : asText(value);
  return cellText(field, { [field.api_name]: shown }, context);
}
