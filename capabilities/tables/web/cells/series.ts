import type { FieldMeta, Value } from '@/api/types';
import { addDays, addMonths, daysBetween, isDate } from '@/lib/dates';
import { parseDecimal } from '@/lib/decimal';

/** The value at a place: 0 is the first of those given, below 0 lies before it. */
export type Series = (place: number) => Value;

const NUMBERS = new Set<FieldMeta['type']>(['integer', 'decimal', 'percent', 'money']);

/** How a few values in a row go on, when their steps are equal; null when they are no series. */
export function seriesOf(field: FieldMeta, values: readonly Value[]): Series | null {
  if (values.length < 2) return null;
  if (field.type === 'date') return daySeries(values);
  return NUMBERS.has(field.type) ? numberSeries(values) : null;
}

function equalStep<T>(steps: readonly T[]): T | null {
  const [first] = steps;
  return first !== undefined && steps.every((step) => step === first) ? first : null;
}

function steps<T, S>(values: readonly T[], between: (one: T, next: T) => S): readonly S[] {
  return values.slice(1).flatMap((next, at) => {
    const one = values[at];
    return one === undefined ? [] : [between(one, next)];
  });
}

function monthsBetween(one: string, next: string): number {
  const month = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return month(next) - month(one);
}

function daySeries(values: readonly Value[]): Series | null {
  const days = values.flatMap((value) => (
    typeof value === 'string' && isDate(value) ? [value] : []
  ));
  const [first] = days;
  if (first === undefined || days.length !== values.length) return null;
  const months = equalStep(steps(days, monthsBetween));
  const monthly = months !== null && months !== 0
    && days.every((day, at) => day === addMonths(first, months * at));
  if (monthly) return (place) => addMonths(first, months * place);
  const step = equalStep(steps(days, daysBetween));
  return step === null || step === 0 ? null : (place) => addDays(first, step * place);
}

/** Digits and point as the server wants them. */
function plain(digits: bigint, scale: number): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = scale === 0 ? '' : `.${text.slice(text.length - scale)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

function numberSeries(values: readonly Value[]): Series | null {
  const parsed = values.flatMap((value) => {
    const decimal = typeof value === 'number' || typeof value === 'string'
      ? parseDecimal(String(value)) : null;
    return decimal ? [decimal] : [];
  });
  if (parsed.length !== values.length) return null;
  const scale = Math.max(...parsed.map((one) => one.scale));
  const digits = parsed.map((one) => one.digits * 10n ** BigInt(scale - one.scale));
  const step = equalStep(steps(digits, (one, next) => next - one));
  const [first] = digits;
  if (first === undefined || step === null || step === 0n) return null;
  const isNumber = typeof values[0] === 'number';
  return (place) => {
    const text = plain(first + step * BigInt(place), scale);
    return isNumber ? Number(text) : text;
  };
}
