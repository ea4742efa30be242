import { describe, expect, it } from 'vitest';
import { departmentTree, withBelow } from './tree';

const one = (id: string, parent: string | null) => ({ id, name: id, parent });

describe('the tree of departments', () => {
  const all = [one('a', null), one('b', 'a'), one('c', 'b'), one('d', 'gone')];

  it('puts each below its parent, and the homeless at the top', () => {
    const tree = departmentTree(all);
    expect(tree.map((node) => node.key)).toEqual(['a', 'd']);
    expect(tree[0]?.children[0]?.children[0]?.key).toBe('c');
  });

  it('loses nobody in a ring', () => {
    const tree = departmentTree([one('x', 'y'), one('y', 'x')]);
    expect(tree).toMatchObject([{ key: 'x', children: [{ key: 'y', children: [] }] }]);
    expect(withBelow([one('x', 'y'), one('y', 'x')], 'x')).toEqual(['x', 'y']);
  });

  it('knows what is below', () => {
    expect(withBelow(all, 'a')).toEqual(['a', 'b', 'c']);
    expect(withBelow(all, 'd')).toEqual(['d']);
  });
});
