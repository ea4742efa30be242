import { describe, expect, it } from 'vitest';
import { groupTree, groupedLayout, segmentAt } from './layout';
import { RowSource } from './row-source';

const nothing = new RowSource({
  page: () => new Promise(() => undefined), count: () => new Promise(() => undefined),
});
const group = (key: readonly string[], n: number) => ({ key, values: { n } });
const tree = groupTree([
  [group(['won'], 5), group(['lost'], 2)],
  [group(['won', 'a'], 3), group(['lost', 'a'], 2), group(['won', 'b'], 2)],
]);

describe('a grouped table', () => {
  it('nests the levels', () => {
    expect(tree.map((node) => [node.key, node.children.map((child) => child.key[1])])).toEqual([
      [['won'], ['a', 'b']], [['lost'], ['a']],
    ]);
  });

  it('lays out headings and rows one under the other', () => {
    const layout = groupedLayout(tree, new Set(), () => nothing);
    expect(layout.total).toBe(2 + 3 + 7);
    expect(layout.segments.map(({ kind, start, count }) => [kind, start, count])).toEqual([
      ['group', 0, 1], ['group', 1, 1], ['rows', 2, 3], ['group', 5, 1], ['rows', 6, 2],
      ['group', 8, 1], ['group', 9, 1], ['rows', 10, 2],
    ]);
    expect(segmentAt(layout, 7)?.start).toBe(6);
    expect(segmentAt(layout, 12)).toBeUndefined();
  });

  it('hides what is inside a collapsed group', () => {
    const layout = groupedLayout(tree, new Set([JSON.stringify(['won'])]), () => nothing);
    expect(layout.segments.map(({ kind }) => kind)).toEqual(['group', 'group', 'group', 'rows']);
    expect(layout.total).toBe(5);
  });
});
