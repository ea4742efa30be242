import { describe, expect, it } from 'vitest';
import { pivotTable } from './table';

describe('a pivot', () => {
  it('stands groups across, with holes where there is nothing', () => {
    const table = pivotTable([
      { key: ['won', '2026-01'], values: { n: 1 } },
      { key: ['won', '2026-02'], values: { n: 2 } },
      { key: [null, '2026-02'], values: { n: 3 } },
    ], 1);
    expect(table.rows).toEqual([['won'], [null]]);
    expect(table.columns).toEqual([['2026-01'], ['2026-02']]);
    expect(table.cell(['won'], ['2026-02'])?.values.n).toBe(2);
    expect(table.cell([null], ['2026-01'])).toBeUndefined();
  });
  it('has its columns in the order that is asked for', () => {
    const groups = [{ key: ['won', '2027'], values: {} }, { key: ['lost', '2026'], values: {} }];
    expect(pivotTable(groups, 1, [['2026'], ['2027']]).columns).toEqual([['2026'], ['2027']]);
  });
});
