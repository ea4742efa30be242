import { fieldOf, labelOf, optionLabel } from '@/api/meta';
import type { FieldMeta, Filter, ObjectMeta } from '@/api/types';
import type { Language } from '@/i18n/language';
import type { Translate } from '@/i18n/use-text';
import { numberText } from '@/lib/decimal';

/** A band of numbers reaches from `from`, with it, to `to`, without it; one of options has `in`. */
export type Band = Readonly<{
  from?: string | number | null; to?: string | number | null; in?: readonly string[];
  points: string | number;
}>;

export type Missing = 'zero' | 'leave_out';

export type Criterion = Readonly<{
  key: string; field?: string; measure?: string; months?: number; half_life_days?: number;
  weight: string | number; missing?: Missing; bands: readonly Band[];
}>;

export type Threshold = Readonly<{ tier: string; from: string | number }>;

/** What of a scoring model is drafted; the server checks it and keeps it. */
export type Definition = Readonly<{
  name: string; scope: Filter | null; criteria: readonly Criterion[];
  thresholds: readonly Threshold[]; margin: string;
}>;

export const MEASURES = [
  'net_sales', 'signed', 'invoiced', 'cash_received', 'gross_profit', 'quantity', 'orders',
  'projects', 'margin', 'share', 'growth', 'purchase_months', 'recency_days', 'decayed_value',
  'timeliness', 'complaints',
] as const;
export type ScoreMeasure = (typeof MEASURES)[number];

export const MEASURE_KEYS: Readonly<Record<ScoreMeasure, string>> = {
  net_sales: 'identify.measure.net_sales', signed: 'identify.measure.signed',
  invoiced: 'identify.measure.invoiced', cash_received: 'identify.measure.cash_received',
  gross_profit: 'identify.measure.gross_profit', quantity: 'identify.measure.quantity',
  orders: 'identify.measure.orders', projects: 'identify.measure.projects',
  margin: 'scoring.margin_rate', share: 'scoring.share',
  growth: 'scoring.growth', purchase_months: 'scoring.purchase_months',
  recency_days: 'scoring.recency_days', decayed_value: 'scoring.decayed_value',
  timeliness: 'scoring.timeliness', complaints: 'scoring.complaints',
};

/** Measures without a window of months. */
const WITHOUT_MONTHS: readonly string[] = ['recency_days', 'decayed_value', 'purchase_months'];

const TIMELINESS_MONTHS = 24;
const MONTHS = 12;

/** The window of a criterion that names none. */
export function monthsOf({ measure, months }: Criterion): number {
  return months ?? (measure === 'timeliness' ? TIMELINESS_MONTHS : MONTHS);
}

export function hasMonths(criterion: Criterion): boolean {
  return criterion.measure !== undefined && !WITHOUT_MONTHS.includes(criterion.measure);
}

const MONEY: readonly string[] = [
  'net_sales', 'signed', 'invoiced', 'cash_received', 'gross_profit', 'decayed_value',
];
const RATIOS: readonly string[] = ['margin', 'share', 'growth', 'timeliness'];

export type Kind = 'money' | 'ratio' | 'number';

export function kindOf(criterion: Criterion, account: ObjectMeta | undefined): Kind {
  const { measure, field } = criterion;
  if (measure !== undefined) {
    if (MONEY.includes(measure)) return 'money';
    return RATIOS.includes(measure) ? 'ratio' : 'number';
  }
  return account && fieldOf(account, field ?? '')?.type === 'money' ? 'money' : 'number';
}

const NUMBERS = ['integer', 'decimal', 'money'];

/** The fields of accounts whose values a person would put into bands. */
export function scorableFields(account: ObjectMeta): readonly FieldMeta[] {
  return account.fields.filter((field) => (
    !field.system && field.api_name !== 'tier' && field.api_name !== 'score'
    && (NUMBERS.includes(field.type) || field.type === 'select')
  ));
}

export function optionsOf(criterion: Criterion, account: ObjectMeta | undefined) {
  const field = account && fieldOf(account, criterion.field ?? '');
  return field?.type === 'select' ? field.options ?? [] : [];
}

export function choosesOptions(criterion: Criterion, account: ObjectMeta | undefined): boolean {
  return criterion.bands.some((band) => band.in !== undefined)
    || optionsOf(criterion, account).length > 0;
}

type Words = Readonly<{ t: Translate; language: Language; account: ObjectMeta | undefined }>;

export function isMeasure(name: string): name is ScoreMeasure {
  return (MEASURES as readonly string[]).includes(name);
}

/** What a criterion looks at, in words. */
export function criterionLabel(criterion: Criterion, { t, language, account }: Words): string {
  const { measure, field, months } = criterion;
  if (measure === undefined) {
    return labelOf(account && fieldOf(account, field ?? '')?.label, language, field ?? '');
  }
  const name = isMeasure(measure) ? t(MEASURE_KEYS[measure]) : measure;
  return months === undefined ? name : t('scoring.of_months', { name, n: months });
}

export function bandLabel(criterion: Criterion, place: number, words: Words): string {
  const band = criterion.bands[place];
  if (!band) return '';
  const { t, language, account } = words;
  if (choosesOptions(criterion, account)) {
    if (!band.in) return t('scoring.others');
    const options = optionsOf(criterion, account);
    return band.in.map((key) => {
      const option = options.find((one) => one.key === key);
      return option ? optionLabel(option, language) : key;
    }).join(t('scoring.comma'));
  }
  const [from, to] = [band.from ?? null, band.to ?? null];
  if (from === null && to === null) return t('scoring.any');
  if (from === null) return t('scoring.below', { to: numberText(to ?? '') });
  if (to === null) return t('scoring.at_least', { from: numberText(from) });
  return t('scoring.between', { from: numberText(from), to: numberText(to) });
}

/** Moves the border behind a band; the next one begins where it ends, so nothing is left open. */
export function withBorder(bands: readonly Band[], place: number, border: string): Band[] {
  return bands.map((band, at) => {
    if (at === place) return { ...band, to: border };
    return at === place + 1 ? { ...band, from: border } : band;
  });
}

/** One more band of numbers at the end, from a border above the last one. */
export function withBand(bands: readonly Band[]): Band[] {
  const last = bands[bands.length - 1];
  if (!last) return [{ points: '0' }];
  const start = last.from ?? null;
  const border = start === null ? '0' : String(Math.max(Number(start) * 2, Number(start) + 1));
  return [...bands.slice(0, -1), { ...last, to: border }, { from: border, points: last.points }];
}

/** Without a band; its neighbour before it takes what it covered, or the one behind the first. */
export function withoutBand(bands: readonly Band[], place: number): Band[] {
  const gone = bands[place];
  return bands.flatMap((band, at): Band[] => {
    if (at === place) return [];
    if (place > 0 && at === place - 1) return [{ ...band, to: gone?.to ?? null }];
    return place === 0 && at === 1 ? [{ ...band, from: null }] : [band];
  });
}

/** A key that no other criterion has; people see what it reads instead. */
export function freeKey(criteria: readonly Criterion[], wanted: string): string {
  const taken = new Set(criteria.map((one) => one.key));
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? wanted : `${wanted}_${n}`;
    if (!taken.has(key)) return key;
  }
}

/** A new criterion on `source`: a field of accounts or a measure. */
export function newCriterion(
  criteria: readonly Criterion[], source: string, account: ObjectMeta,
): Criterion {
  const key = freeKey(criteria, source);
  if (isMeasure(source)) {
    const made = { key, measure: source, weight: '10', bands: STEPS };
    return hasMonths(made) ? { ...made, months: monthsOf(made) } : made;
  }
  const field = fieldOf(account, source);
  const first = field?.options?.[0];
  const bands = first ? [{ in: [first.key], points: '100' }, { points: '50' }] : STEPS;
  return { key, field: source, weight: '10', bands };
}

const STEPS: readonly Band[] = [{ to: '100', points: '40' }, { from: '100', points: '100' }];

const START: readonly Criterion[] = [
  {
    key: 'net_sales', measure: 'net_sales', months: 12, weight: '60',
    bands: [
      { to: '100000', points: '20' }, { from: '100000', to: '500000', points: '50' },
      { from: '500000', to: '2000000', points: '80' }, { from: '2000000', points: '100' },
    ],
  },
  {
    key: 'purchase_months', measure: 'purchase_months', weight: '20',
    bands: [
      { to: '12', points: '20' }, { from: '12', to: '36', points: '60' },
      { from: '36', points: '100' },
    ],
  },
  {
    key: 'recency_days', measure: 'recency_days', weight: '20',
    bands: [
      { to: '60', points: '100' }, { from: '60', to: '180', points: '50' },
      { from: '180', points: '0' },
    ],
  },
];

/** A model to begin with: sales, duration and recency, tiers at even distances. */
export function startingModel(name: string, tiers: readonly string[]): Definition {
  const step = tiers.length === 0 ? 0 : Math.floor(80 / Math.max(1, tiers.length - 1));
  const thresholds = tiers.map((tier, place) => ({
    tier, from: place === tiers.length - 1 ? '0' : String(80 - place * step),
  }));
  return { name, scope: null, criteria: START, thresholds, margin: '3' };
}

/** The first message whose place is `place` or below it. */
export function errorAt(
  errors: readonly Readonly<{ pointer?: string | null; message: string }>[], place: string,
): string | undefined {
  return errors.find(({ pointer }) => (
    pointer === place || pointer?.startsWith(`${place}/`) === true
  ))?.message;
}
