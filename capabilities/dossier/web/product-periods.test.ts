import { expect, test } from 'vitest';
import { firstDay, productRows, valueOf } from './product-periods';

test('groups become rows by product, the largest first', () => {
  const rows = productRows([
    { key: ['P1', '阀门', '2026-01'], values: { net_amount: '10.00', quantity: '2', cost: '6' } },
    { key: ['P2', '水泵', '2026-01'], values: { net_amount: '90.00', quantity: '3', cost: null } },
    { key: ['P1', '阀门', '2026-02'], values: { net_amount: '30.00', quantity: '2', cost: '20' } },
  ]);
  expect(rows.map(({ name, total }) => [name, total.amount])).toEqual([['水泵', 90], ['阀门', 40]]);
  const valve = rows[1];
  expect(valueOf(valve?.periods.get('2026-01'), 'price')).toBe(5);
  expect(valueOf(valve?.periods.get('2026-01'), 'margin')).toBeCloseTo(0.4);
  expect(valueOf(rows[0]?.total, 'margin')).toBeNull();
  expect(valueOf(valve?.periods.get('2026-03'), 'amount')).toBeNull();
});

test('periods begin with a whole month, quarter or year', () => {
  expect(firstDay('2026-11-23', 'month')).toBe('2025-12-01');
  expect(firstDay('2026-12-01', 'month')).toBe('2026-01-01');
  expect(firstDay('2026-11-23', 'quarter')).toBe('2025-01-01');
  expect(firstDay('2026-02-23', 'quarter')).toBe('2024-04-01');
  expect(firstDay('2026-02-23', 'year')).toBe('2024-01-01');
});
