import { isDate } from '@/lib/dates';
import { MONEY_UNITS } from '@/lib/money';
import type { MoneyUnit } from '@/lib/money';
import { defaultWindow } from './periods';
import type { DataRange } from './periods';

export const MEASURES = [
  'net_sales', 'gross_profit', 'quantity', 'orders', 'projects', 'signed', 'invoiced',
  'cash_received',
] as const;
export type Measure = (typeof MEASURES)[number];
export type Tax = 'exclusive' | 'inclusive';
export type Convention = 'before' | 'after';
export const COMPARISONS = ['none', 'previous', 'year'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export const CLASS_FILTERS = ['all', 'A', 'B', 'C'] as const;
export type ClassFilter = (typeof CLASS_FILTERS)[number];

export type RankingState = Readonly<{
  measure: Measure;
  tax: Tax;
  from: string;
  to: string;
  a: number;
  b: number;
  convention: Convention;
  compare: Comparison;
  halfLife: number | null;
  unit: MoneyUnit;
  shownClass: ClassFilter;
  /** What share the pool ought to bring; the policy's without one. */
  yardstick: number | null;
  /** Selected ranks, both ends included. */
  selection: readonly [number, number] | null;
}>;

/** Cumulative shares up to which A and B reach, and what the workspace shows money in. */
export type AbcDefaults = Readonly<{
  a: number; b: number; convention: Convention; unit: MoneyUnit;
}>;

type AbcSettings = Readonly<{ a: number; b: number; convention: Convention }>;
const USUAL: AbcSettings = { a: 0.55, b: 0.3, convention: 'before' };

/** The settings give the share of each class; the page works with cumulative shares. */
export function abcDefaults(
  settings: AbcSettings = USUAL, unit: MoneyUnit = 'wan',
): AbcDefaults {
  const { a, b, convention } = settings;
  return { a, b: Math.round((a + b) * 1000) / 1000, convention, unit };
}

/** Measures counted in money carry a tax basis and a unit; the others are plain numbers. */
export function isMoney(measure: Measure): boolean {
  return measure !== 'quantity' && measure !== 'orders' && measure !== 'projects';
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null, otherwise: T): T {
  return allowed.find((value) => value === text) ?? otherwise;
}

function shareOf(text: string | null): number | null {
  if (text === null) return null;
  const share = Number(text);
  return Number.isFinite(share) && share > 0 && share < 1 ? share : null;
}

function selectionOf(text: string | null): readonly [number, number] | null {
  const match = /^(\d{1,7})-(\d{1,7})$/.exec(text ?? '');
  if (!match) return null;
  const first = Number(match[1]);
  const last = Number(match[2]);
  return first >= 1 && first <= last ? [first, last] : null;
}

/** The whole state of the page is in its address. */
export function stateFromUrl(
  params: URLSearchParams, range: DataRange, defaults: AbcDefaults,
): RankingState {
  const usual = defaultWindow(range);
  const from = params.get('from');
  const to = params.get('to');
  const given = isDate(from) && isDate(to) && from < to;
  const a = shareOf(params.get('a')) ?? defaults.a;
  const b = shareOf(params.get('b')) ?? defaults.b;
  const half = Number(params.get('half_life'));
  return {
    measure: oneOf(MEASURES, params.get('measure'), 'net_sales'),
    tax: oneOf(['exclusive', 'inclusive'], params.get('tax'), 'exclusive'),
    from: given ? from : usual.from,
    to: given ? to : usual.to,
    a: a < b ? a : defaults.a,
    b: a < b ? b : defaults.b,
    convention: oneOf(['before', 'after'], params.get('convention'), defaults.convention),
    compare: oneOf(COMPARISONS, params.get('compare'), 'none'),
    halfLife: Number.isInteger(half) && half > 0 ? half : null,
    unit: oneOf(MONEY_UNITS, params.get('unit'), defaults.unit),
    shownClass: oneOf(CLASS_FILTERS, params.get('class'), 'all'),
    yardstick: shareOf(params.get('yardstick')),
    selection: selectionOf(params.get('sel')),
  };
}
