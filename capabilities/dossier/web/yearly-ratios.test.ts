import { expect, test } from 'vitest';
import { ratioOf } from './yearly-ratios';

const before = { revenue: '80.00' };
const year = {
  revenue: '100.00', cost_of_sales: '60.00', selling_expense: '5.00', profit: '10.00',
  cash_flow: '12.00', admin_expense: null,
};

test('ratios follow from the figures of a year and the one before', () => {
  expect(ratioOf('growth', year, before)).toBeCloseTo(0.25);
  expect(ratioOf('gross_margin', year, before)).toBeCloseTo(0.4);
  expect(ratioOf('net_margin', year, before)).toBeCloseTo(0.1);
  expect(ratioOf('selling', year, before)).toBeCloseTo(0.05);
  expect(ratioOf('cash', year, before)).toBeCloseTo(1.2);
});

test('what is missing or nothing to divide by gives no ratio', () => {
  expect(ratioOf('growth', year, undefined)).toBeNull();
  expect(ratioOf('admin', year, before)).toBeNull();
  expect(ratioOf('cash', { profit: '-1.00', cash_flow: '3.00' }, undefined)).toBeNull();
});
