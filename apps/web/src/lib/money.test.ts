import { describe, expect, it } from 'vitest';
import { exactAmount, formatAmount, formatMoney, formatShare } from './money';

describe('amounts in 元, 万元 and 亿元', () => {
  it('moves the point exactly and rounds only what is shown', () => {
    expect(formatAmount('12345678.9', 'one')).toBe('12,345,678.90');
    expect(formatAmount('12345678.9', 'wan')).toBe('1,234.57');
    expect(formatAmount('12345678.9', 'yi')).toBe('0.12');
    expect(formatAmount('3734246.461', 'wan')).toBe('373.42');
    expect(formatAmount('-49.9999', 'one')).toBe('-50.00');
    expect(formatAmount('0', 'yi')).toBe('0.00');
  });

  it('loses no digit of a sum that a float could not hold', () => {
    expect(formatAmount('90071992547409931234.5678', 'one', 4))
      .toBe('90,071,992,547,409,931,234.5678');
    expect(exactAmount('90071992547409931234.5678', 'CNY'))
      .toBe('¥90,071,992,547,409,931,234.5678');
  });

  it('writes the sign before the currency', () => {
    expect(formatMoney('-1234567.8', 'CNY')).toBe('-¥1,234,567.80');
    expect(formatMoney('1200000', 'CHF')).toBe('CHF 1,200,000.00');
  });

  it('keeps more digits than the workspace shows when the value has them', () => {
    expect(formatMoney('1.2345', 'CNY')).toBe('¥1.2345');
  });

  it('shows what is no number as it is', () => {
    expect(formatAmount('n/a', 'wan')).toBe('n/a');
    expect(formatShare(null)).toBe('—');
    expect(formatShare(0.705543)).toBe('70.6%');
  });
});
