import { describe, expect, it } from 'vitest';
import { fieldMeta, objectMeta } from '@/api/testing';
import { changesFromUrl, changesToUrl, withoutUnknown } from './definition';
import type { Definition } from './definition';

function throughUrl(changes: Definition): Definition {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(changesToUrl(changes))) {
    if (value !== null) params.set(name, value);
  }
  return changesFromUrl(new URLSearchParams(params.toString()));
}

describe('a view in the URL', () => {
  it('comes back as it went in', () => {
    const changes: Definition = {
      where: { op: 'and', args: [{ op: 'contains', field: 'name', value: '华为 & Co' }] },
      sort: [{ field: 'amount', dir: 'desc' }, { field: 'name', dir: 'asc' }],
      group: [{ field: 'expected_on', bucket: 'month' }],
      aggregates: { amount: 'sum' }, height: 'tall', frozen: 2, widths: { name: 300 },
    };
    expect(throughUrl(changes)).toEqual(changes);
  });

  it('says that a saved filter and sort are cleared', () => {
    expect(throughUrl({ where: undefined, sort: [] })).toEqual({ where: undefined, sort: [] });
    expect('where' in throughUrl({ where: undefined })).toBe(true);
    expect(throughUrl({})).toEqual({});
  });

  it('bears what somebody broke', () => {
    expect(changesFromUrl(new URLSearchParams('d=[1]&where={"x"&sort=,-'))).toEqual({ sort: [] });
  });
});

describe('a view of an object that changed', () => {
  it('leaves out fields that are gone', () => {
    const object = objectMeta('account', [fieldMeta('name')]);
    expect(withoutUnknown({
      fields: ['name', 'gone'], sort: [{ field: 'gone', dir: 'asc' }], lane: 'gone',
      aggregates: { gone: 'sum', name: 'count' }, group: [{ field: 'gone' }],
    }, object)).toMatchObject({
      fields: ['name'], sort: [], group: [], aggregates: { name: 'count' }, lane: undefined,
    });
  });
});
