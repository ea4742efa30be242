import { describe, expect, it } from 'vitest';
import { fieldMeta as field, objectMeta as object } from '@/api/testing';
import type { ImportJob } from '@/imports/import-api';
import { asksForTax, firstState, planOf } from './mapping-state';

const objects = [
  object('account', [field('code', { unique: true }), field('name'), field('region')]),
  object('order_line', [
    field('account', { type: 'link', target: 'account' }), field('quantity', { type: 'decimal' }),
    field('tax_basis', { type: 'select' }), field('tax_rate', { type: 'percent' }),
  ]),
];

const job: ImportJob = {
  id: 'J', state: 'uploaded', file_name: 'sales.csv', rows: 3,
  columns: [
    { name: '客户编码', samples: [], suggested_field: 'account' },
    { name: '地区', samples: [], suggested_field: 'account.region' },
    { name: '数量', samples: [], suggested_field: 'quantity' },
    { name: '数量2', samples: [], suggested_field: 'quantity' },
    { name: '备注', samples: [], suggested_field: 'account.unheard_of' },
  ],
};

describe('the mapping of a sales file', () => {
  const state = firstState(job, objects);

  it('takes each suggestion once and nothing that does not exist', () => {
    expect(state.object).toBe('order_line');
    expect(state.columns).toEqual({
      客户编码: { field: 'account', link_by: 'code', missing: 'create' },
      地区: { field: 'account.region' },
      数量: { field: 'quantity' },
      数量2: null,
      备注: null,
    });
  });

  it('asks for the tax basis and sends the answer for every row', () => {
    expect(asksForTax(state)).toBe(true);
    const plan = planOf({ ...state, tax: 'inclusive', taxRate: '13' });
    expect(plan.defaults).toEqual({ tax_basis: 'inclusive', tax_rate: '13' });
    expect(plan.mapping).toHaveLength(3);
  });

  it('sends no basis when it is not known', () => {
    expect(planOf({ ...state, tax: 'unknown' }).defaults).toBeUndefined();
  });

  it('does not ask when the file says it', () => {
    const columns = { ...state.columns, 口径: { field: 'tax_basis' } };
    expect(asksForTax({ ...state, columns })).toBe(false);
  });
});
