import { isLink, isNumber, labelOf } from '@/api/meta';
import { linkPath } from '@/api/records';
import type { FieldMeta, Fields, Meta, ObjectMeta, Value } from '@/api/types';
import { asText, isEmptyValue } from '@/fields/widget';
import type { Language } from '@/i18n/language';
import { formatDateTime } from '@/lib/dates';
import { formatDecimal, parseDecimal } from '@/lib/decimal';
import { formatMoney } from '@/lib/money';

/** What turning values into text needs to know; made once per table, not per cell. */
export type CellContext = Readonly<{
  language: Language;
  timeZone: string;
  currency: string;
  moneyScale: number;
  yes: string;
  no: string;
  objects: readonly ObjectMeta[];
}>;

export function cellContext(
  meta: Meta, language: Language, words: Readonly<{ yes: string; no: string }>,
): CellContext {
  return {
    language, ...words, objects: meta.objects, timeZone: meta.workspace.time_zone,
    currency: meta.workspace.currency, moneyScale: meta.workspace.money_scale,
  };
}

export function optionText(field: FieldMeta, key: Value, language: Language): string {
  const option = field.options?.find((one) => one.key === key);
  return option ? labelOf(option.label, language, option.key) : asText(key);
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function grouped(value: Value): string {
  const parsed = parseDecimal(withoutZeros(asText(value)));
  return parsed ? formatDecimal(parsed) : asText(value);
}

function linkText(field: FieldMeta, value: Value, fields: Fields, context: CellContext): string {
  if (Array.isArray(value)) return String(value.length);
  const path = linkPath(field, context.objects);
  return asText(path === null ? null : fields[path]) || asText(value);
}

function textOf(
  field: FieldMeta, fields: Fields, context: CellContext, number: (value: Value) => string,
): string {
  const value = fields[field.api_name];
  if (isEmptyValue(value)) return '';
  if (field.type === 'boolean') return value === true ? context.yes : context.no;
  if (field.type === 'datetime') return formatDateTime(asText(value), context.timeZone);
  if (field.type === 'select') return optionText(field, value, context.language);
  if (field.type === 'multi_select' && Array.isArray(value)) {
    return value.map((key) => optionText(field, key, context.language)).join(', ');
  }
  if (isLink(field)) return linkText(field, value, fields, context);
  return isNumber(field) ? number(value) : asText(value);
}

/** The text of a cell as it is read: grouped thousands, currency, labels, names. */
export function cellText(field: FieldMeta, fields: Fields, context: CellContext): string {
  return textOf(field, fields, context, (value) => {
    if (field.type === 'money') {
      return formatMoney(withoutZeros(asText(value)), context.currency, context.moneyScale);
    }
    return field.type === 'percent' ? `${grouped(value)}%` : grouped(value);
  });
}

/** The text that a spreadsheet understands: plain numbers, labels, names. */
export function plainText(field: FieldMeta, fields: Fields, context: CellContext): string {
  return textOf(field, fields, context, (value) => {
    const plain = withoutZeros(asText(value));
    return field.type === 'percent' ? `${plain}%` : plain;
  });
}
