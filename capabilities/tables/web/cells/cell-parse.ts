import { isLink } from '@/api/meta';
import { fromZoned } from '@/lib/dates';
import type { FieldMeta, Option, Value } from '@/api/types';
import type { CellContext } from './cell-text';

/**
 * What a typed or pasted text means for a field: a value, a name that the server has to look up,
 * or the key of a text that says what is wrong.
 */
export type Parsed =
  | Readonly<{ is: 'value'; value: Value }>
  | Readonly<{ is: 'name'; name: string }>
  | Readonly<{ is: 'error'; error: string }>;

const value = (found: Value): Parsed => ({ is: 'value', value: found });
const error = (key: string): Parsed => ({ is: 'error', error: key });

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const SERIAL_BASE = Date.UTC(1899, 11, 30);
const LAST_SERIAL = 2_958_465;
const DAY_MS = 86_400_000;

/** "1,234.50", "¥1,234", "(12)", "１２" and full-width signs → "1234.50", "1234", "-12", "12". */
function plainNumber(text: string): string | null {
  let plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/^([+-]?)[^\d+\-.(]+/, '$1');
  const negative = /^\((.+)\)$/.exec(plain);
  if (negative) plain = `-${negative[1] ?? ''}`;
  if (/^[+-]?\.\d+$/.test(plain)) plain = plain.replace('.', '0.');
  return NUMBER.test(plain) ? plain.replace(/^\+/, '') : null;
}

function parseNumber(field: FieldMeta, text: string): Parsed {
  const percent = /[%％]\s*$/.test(text);
  const plain = plainNumber(percent ? text.replace(/[%％]\s*$/, '') : text);
  if (plain === null || (percent && field.type !== 'percent')) return error('cell.no_number');
  if (field.type !== 'integer' && field.type !== 'rating') return value(plain);
  const whole = plain.replace(/\.0+$/, '');
  if (whole.includes('.')) return error('cell.no_integer');
  const found = Number(whole);
  return Number.isSafeInteger(found) ? value(found) : error('cell.no_integer');
}

function dateOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : null;
}

/** 2026-11-21, 2026/11/21, 2026.3.5, 2026年3月5日, 20260305 and the serial numbers of Excel. */
function dayOf(text: string): string | null {
  // U+5E74, U+6708 and U+65E5 are the signs of year, month and day.
  const parts = /^(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?$/.exec(text)
    ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (parts) return dateOf(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
  const serial = /^\d{4,7}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0;
  if (serial < 1 || serial > LAST_SERIAL) return null;
  return new Date(SERIAL_BASE + serial * DAY_MS).toISOString().slice(0, 10);
}

function parseDate(text: string): Parsed {
  const day = dayOf(text.normalize('NFKC').replace(/[T\s]\d{1,2}:\d{2}.*$/, '').trim());
  return day === null ? error('cell.no_date') : value(day);
}

function parseDateTime(text: string, context: CellContext): Parsed {
  const plain = text.normalize('NFKC').trim();
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(plain)) {
    return value(new Date(plain).toISOString());
  }
  const match = /^(.*?)(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(plain);
  const day = dayOf(match?.[1] ?? '');
  const [hour, minute, second] = [match?.[2] ?? '0', match?.[3] ?? '0', match?.[4] ?? '0'];
  if (day === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return error('cell.no_date');
  }
  const time = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':');
  return value(fromZoned(`${day}T${time}`, context.timeZone));
}

function optionOf(options: readonly Option[] | undefined, text: string): Option | undefined {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  return options?.find((option) => [option.key, option.label['zh-CN'], option.label.en]
    .some((name) => name.normalize('NFKC').toLowerCase() === wanted));
}

function parseOptions(field: FieldMeta, text: string): Parsed {
  const keys: string[] = [];
  for (const part of text.split(/[,，;；、\n]/).filter((one) => one.trim() !== '')) {
    const option = optionOf(field.options, part);
    if (!option) return error('cell.no_option');
    if (!keys.includes(option.key)) keys.push(option.key);
  }
  return value(keys);
}

const TRUE = new Set(['true', 'yes', 'y', '1', '✓', '√']);
const FALSE = new Set(['false', 'no', 'n', '0', '×']);

function parseBoolean(text: string, context: CellContext): Parsed {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (TRUE.has(plain) || plain === context.yes.toLowerCase()) return value(true);
  if (FALSE.has(plain) || plain === context.no.toLowerCase()) return value(false);
  return error('cell.no_boolean');
}

export function parseCell(field: FieldMeta, text: string, context: CellContext): Parsed {
  const trimmed = text.trim();
  if (trimmed === '') return value(null);
  if (isLink(field)) return field.many ? error('cell.no_paste') : { is: 'name', name: trimmed };
  switch (field.type) {
    case 'integer': case 'rating': case 'decimal': case 'percent': case 'money':
      return parseNumber(field, trimmed);
    case 'date':
      return parseDate(trimmed);
    case 'datetime':
      return parseDateTime(trimmed, context);
    case 'boolean':
      return parseBoolean(trimmed, context);
    case 'select': {
      const option = optionOf(field.options, trimmed);
      return option ? value(option.key) : error('cell.no_option');
    }
    case 'multi_select':
      return parseOptions(field, trimmed);
    case 'long_text':
      return value(text.replace(/\r\n?/g, '\n'));
    case 'text': case 'email': case 'phone': case 'url':
      return value(text.replace(/\s*[\r\n]+\s*/g, ' '));
    default:
      return error('cell.no_paste');
  }
}
