import { expect, test } from 'vitest';
import type { OpenItem } from './claims-api';
import { advanceOf, isWrong, partsOf } from './parts';

const item = (id: string, open: string, suggested: string): OpenItem => ({
  kind: 'invoice', id, number: id, contract: null, due_on: null, due_by: null, open, suggested,
});
const second = item('b', '0.20', '0.10');
const items = [item('a', '300.10', '300.10'), second, item('c', '50.00', '0.00')];

test('what is left is exact to the last digit', () => {
  expect(advanceOf('300.20', items, {})).toBe('0.00');
  expect(advanceOf('300.20', items, { b: '' })).toBe('0.10');
  expect(advanceOf('300.20', items, { c: '0.1' })).toBe('-0.10');
  expect(advanceOf('1000', items, { a: '1' })).toBe('998.90');
  expect(advanceOf('1000', items, { a: '1,5' })).toBeNull();
});

test('a part takes no more than is open', () => {
  expect(isWrong(second, '0.20')).toBe(false);
  expect(isWrong(second, '0.21')).toBe(true);
  expect(isWrong(second, '-0.1')).toBe(true);
  expect(isWrong(second, 'x')).toBe(true);
  expect(isWrong(second, '')).toBe(false);
});

test('empty parts and zeros are left out', () => {
  expect(partsOf(items, { b: '0' })).toEqual([{ invoice: 'a', amount: '300.10' }]);
});
