import { describe, expect, it } from 'vitest';
import { fieldMeta, objectMeta } from '@/api/testing';
import type { FieldMeta } from '@/api/types';
import { parseCell } from './cell-parse';
import { cellText, plainText } from './cell-text';
import type { CellContext } from './cell-text';

const context: CellContext = {
  language: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY', moneyScale: 2,
  yes: '是', no: '否', objects: [objectMeta('account', [fieldMeta('name')])],
};
const stage = fieldMeta('stage', {
  type: 'select', options: [{ key: 'won', label: { 'zh-CN': '赢单', en: 'Won' } }],
});

function read(field: FieldMeta, text: string): unknown {
  const parsed = parseCell(field, text, context);
  return parsed.is === 'value' ? parsed.value : parsed.is === 'error' ? parsed.error : parsed;
}
const typed = (type: FieldMeta['type']) => fieldMeta('x', { type });

describe('pasted text', () => {
  it('becomes exact numbers, however a spreadsheet writes them', () => {
    expect(read(typed('money'), '¥1,234,567.80')).toBe('1234567.80');
    expect(read(typed('decimal'), '１２.５')).toBe('12.5');
    expect(read(typed('money'), '(12.00)')).toBe('-12.00');
    expect(read(typed('money'), '-¥12')).toBe('-12');
    expect(read(typed('percent'), '13%')).toBe('13');
    expect(read(typed('integer'), '12.00')).toBe(12);
    expect(read(typed('integer'), '12.5')).toBe('cell.no_integer');
    expect(read(typed('decimal'), '12%')).toBe('cell.no_number');
    expect(read(typed('money'), 'abc')).toBe('cell.no_number');
    expect(read(typed('money'), '')).toBeNull();
  });

  it('becomes days in every usual writing', () => {
    for (const text of ['2025-03-05', '2025/3/5', '2025.3.5', '2025年3月5日', '20250305', '45721',
      '2025-03-05 00:00:00']) {
      expect(read(typed('date'), text)).toBe('2025-03-05');
    }
    expect(read(typed('date'), '2025-02-30')).toBe('cell.no_date');
    expect(read(typed('datetime'), '2025-03-05 08:30')).toBe('2025-03-05T00:30:00.000Z');
  });

  it('finds options by label in both languages, and says which text is none', () => {
    expect(read(stage, ' 赢单 ')).toBe('won');
    expect(read(stage, 'WON')).toBe('won');
    expect(read(stage, '输单')).toBe('cell.no_option');
    expect(read({ ...stage, type: 'multi_select' }, '赢单、Won')).toEqual(['won']);
    expect(read(typed('boolean'), '是')).toBe(true);
  });

  it('leaves names of links to the server', () => {
    const account = fieldMeta('account', { type: 'link', target: 'account' });
    expect(read(account, '华为')).toEqual({ is: 'name', name: '华为' });
  });
});

describe('the text of a cell', () => {
  it('is grouped for reading and plain for a spreadsheet', () => {
    const money = typed('money');
    expect(cellText(money, { x: '1234567.5' }, context)).toBe('¥1,234,567.50');
    expect(plainText(money, { x: '1234567.50' }, context)).toBe('1234567.5');
    expect(cellText(typed('percent'), { x: '13.00' }, context)).toBe('13%');
    expect(cellText(stage, { stage: 'won' }, context)).toBe('赢单');
    expect(plainText(typed('boolean'), { x: false }, context)).toBe('否');
  });

  it('reads back what it wrote', () => {
    for (const [type, stored] of [
      ['money', '1234.5'], ['percent', '13'], ['date', '2025-03-05'], ['boolean', true],
      ['datetime', '2025-03-05T00:30:00.000Z'], ['integer', 7],
    ] as const) {
      const field = typed(type);
      expect(read(field, plainText(field, { x: stored }, context))).toEqual(stored);
    }
  });

  it('shows a linked record by name', () => {
    const account = fieldMeta('account', { type: 'link', target: 'account' });
    expect(cellText(account, { account: 'ID', 'account.name': '华为' }, context)).toBe('华为');
  });
});
