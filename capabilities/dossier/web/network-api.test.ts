import { describe, expect, it } from 'vitest';
import type { Member } from './network-api';
import { inTreeOrder, levelsOf } from './network-api';

const member = (id: string, parent: string | null): Member => ({
  id, parent, name: id, tier: null, lifecycle: null, city: null, owner_name: null,
  sales: null, credit_limit: null, open: null, overdue: null,
});

describe('the group of an account', () => {
  const group = [member('g', null), member('a', 'g'), member('b', 'g'), member('c', 'a')];

  it('stands in the order of its tree', () => {
    expect(inTreeOrder(group).map(({ id }) => id)).toEqual(['g', 'a', 'c', 'b']);
    expect(inTreeOrder([])).toEqual([]);
  });

  it('tells how deep each entity stands, also below a parent that is out of sight', () => {
    expect([...levelsOf(group)]).toEqual([['g', 0], ['a', 1], ['b', 1], ['c', 2]]);
    expect([...levelsOf([member('a', 'hidden'), member('c', 'a')])]).toEqual([['a', 0], ['c', 1]]);
  });
});
