import { describe, expect, it } from 'vitest';
import { fieldMeta, objectMeta } from '@/api/testing';
import { asGroup, complete, conditions, fieldAt, opsFor, relationsOf } from './filter-ops';

const account = objectMeta('account', [
  fieldMeta('name'), fieldMeta('parent', { type: 'link', target: 'account' }),
]);
const contact = objectMeta('contact', [
  fieldMeta('name'), fieldMeta('account', { type: 'link', target: 'account' }),
]);
const objects = [account, contact];

describe('a filter that is being written', () => {
  it('asks only what is complete', () => {
    expect(complete({
      op: 'and',
      args: [
        { op: 'contains', field: 'name', value: '' },
        { op: 'between', field: 'amount', value: ['1', null] },
        { op: 'or', args: [] },
        { op: 'empty', field: 'owner' },
        { op: 'some', rel: 'contact.account', where: { op: 'and', args: [] } },
      ],
    })).toEqual({
      op: 'and', args: [{ op: 'empty', field: 'owner' }, { op: 'some', rel: 'contact.account' }],
    });
    expect(complete({ op: 'and', args: [] })).toBeUndefined();
  });

  it('counts its conditions', () => {
    const one = { op: 'empty', field: 'owner' } as const;
    expect(conditions({ op: 'or', args: [one, { op: 'not', args: [one] }] })).toBe(2);
    expect(asGroup(one)).toEqual({ op: 'and', args: [one] });
  });

  it('finds fields over links and what points back', () => {
    expect(fieldAt(objects, contact, 'account.parent.name')?.api_name).toBe('name');
    expect(fieldAt(objects, contact, 'account.gone.name')).toBeUndefined();
    expect(relationsOf(objects, account).map(({ rel }) => rel))
      .toEqual(['account.parent', 'contact.account']);
  });

  it('offers of a personal field only whether it is there', () => {
    expect(opsFor(fieldMeta('x', { sensitivity: 'personal' }))).toEqual(['empty', 'not_empty']);
  });
});
