import type { Filter, Value } from '@/api/types';
import type { RowSource } from './row-source';

/** One group of records: its value on its level, what it measures, and what is inside. */
export type GroupNode = Readonly<{
  path: string;
  depth: number;
  key: readonly Value[];
  count: number;
  values: Readonly<Record<string, Value>>;
  where: Filter;
  children: readonly GroupNode[];
}>;

export type Segment =
  | Readonly<{ kind: 'group'; start: number; count: 1; node: GroupNode }>
  | Readonly<{ kind: 'rows'; start: number; count: number; source: RowSource }>;

/** The lines of a table from top to bottom: headings of groups and stretches of rows. */
export type Layout = Readonly<{ segments: readonly Segment[]; total: number }>;

export type AnsweredGroup = Readonly<{
  key: readonly Value[]; values: Readonly<Record<string, Value>>; where?: Filter | null;
}>;

export const COUNT = 'n';

/** Puts the answers of all levels together: level 1 has keys of one value, level 2 of two… */
export function groupTree(levels: readonly (readonly AnsweredGroup[])[]): readonly GroupNode[] {
  const inside = (depth: number, parent: string | null): readonly GroupNode[] => (
    (levels[depth] ?? []).flatMap((group) => {
      if (parent !== null && JSON.stringify(group.key.slice(0, depth)) !== parent) return [];
      const path = JSON.stringify(group.key);
      return [{
        path, depth, key: group.key, values: group.values,
        count: Number(group.values[COUNT] ?? 0),
        where: group.where ?? { op: 'and' as const, args: [] },
        children: inside(depth + 1, path),
      }];
    })
  );
  return inside(0, null);
}

export function groupedLayout(
  tree: readonly GroupNode[],
  collapsed: ReadonlySet<string>,
  sourceOf: (node: GroupNode) => RowSource,
): Layout {
  const segments: Segment[] = [];
  let start = 0;
  const add = (nodes: readonly GroupNode[]) => {
    for (const node of nodes) {
      segments.push({ kind: 'group', start, count: 1, node });
      start += 1;
      if (collapsed.has(node.path)) continue;
      if (node.children.length > 0) {
        add(node.children);
        continue;
      }
      const source = sourceOf(node);
      const count = source.counted ?? node.count;
      segments.push({ kind: 'rows', start, count, source });
      start += count;
    }
  };
  add(tree);
  return { segments, total: start };
}

export function plainLayout(source: RowSource): Layout {
  const count = source.total;
  return { segments: [{ kind: 'rows', start: 0, count, source }], total: count };
}

/** The segment that holds a line. */
export function segmentAt(layout: Layout, line: number): Segment | undefined {
  let low = 0;
  let high = layout.segments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = layout.segments[middle];
    if (!segment) return undefined;
    if (line < segment.start) high = middle - 1;
    else if (line >= segment.start + segment.count) low = middle + 1;
    else return segment;
  }
  return undefined;
}

export function recordAt(layout: Layout, line: number) {
  const segment = segmentAt(layout, line);
  return segment?.kind === 'rows' ? segment.source.row(line - segment.start) : undefined;
}

/** The line of a record that is in memory. */
export function lineOf(layout: Layout, id: string): number | null {
  for (const segment of layout.segments) {
    const at = segment.kind === 'rows' ? segment.source.indexOf(id) : null;
    if (at !== null) return segment.start + at;
  }
  return null;
}

/** Tells every stretch which of its rows are looked at. */
export function look(layout: Layout, first: number, last: number): void {
  for (const segment of layout.segments) {
    if (segment.kind !== 'rows') continue;
    const from = Math.max(first, segment.start);
    const to = Math.min(last, segment.start + Math.max(segment.count, 1) - 1);
    if (from <= to) segment.source.look(from - segment.start, to - segment.start);
  }
}
