import { formatDecimal, parseDecimal, roundTo, shiftLeft } from './decimal';

export const MONEY_UNITS = ['one', 'wan', 'yi'] as const;
export type MoneyUnit = (typeof MONEY_UNITS)[number];

/** Powers of ten: 元, 万元, 亿元. */
const POWERS: Readonly<Record<MoneyUnit, number>> = { one: 0, wan: 4, yi: 8 };

const SYMBOLS: Readonly<Record<string, string>> = {
  CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: '¥', HKD: 'HK$', TWD: 'NT$',
};

export function currencySymbol(currency: string): string {
  return SYMBOLS[currency] ?? `${currency} `;
}

/** "12345678.9" in 万元 → "1,234.57"; text that is no number is shown as it is. */
export function formatAmount(amount: string, unit: MoneyUnit, places = 2): string {
  const parsed = parseDecimal(amount);
  if (!parsed) return amount;
  return formatDecimal(roundTo(shiftLeft(parsed, POWERS[unit]), places));
}

/** All digits that the server sent, grouped, with the currency: for hover and copying. */
export function exactAmount(amount: string, currency: string): string {
  const parsed = parseDecimal(amount);
  if (!parsed) return amount;
  return withSymbol(formatDecimal(parsed), currency);
}

/** The sign stands before the currency: -¥12.50. */
export function withSymbol(text: string, currency: string): string {
  const symbol = currencySymbol(currency);
  return text.startsWith('-') ? `-${symbol}${text.slice(1)}` : symbol + text;
}

/** ¥1,234,567.89 in the workspace's scale. */
export function formatMoney(amount: string, currency: string, scale = 2): string {
  const parsed = parseDecimal(amount);
  if (!parsed) return amount;
  const shown = parsed.scale < scale ? roundTo(parsed, scale) : parsed;
  return withSymbol(formatDecimal(shown), currency);
}

export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '—';
  return formatDecimal({ digits: BigInt(Math.round(value)), scale: 0 });
}

export function formatShare(share: number | null | undefined, places = 1): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return '—';
  return `${(share * 100).toFixed(places)}%`;
}
