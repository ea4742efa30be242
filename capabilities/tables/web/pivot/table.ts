import type { Filter, Value } from '@/api/types';
import type { AnsweredGroup } from '../rows/layout';

export type Key = readonly Value[];
export type PivotCell = Readonly<{
  values: Readonly<Record<string, Value>>; where: Filter | undefined;
}>;
export type PivotTable = Readonly<{
  rows: readonly Key[];
  columns: readonly Key[];
  cell: (row: Key, column: Key) => PivotCell | undefined;
}>;

const text = (key: Key) => JSON.stringify(key);

function distinct(keys: readonly Key[]): readonly Key[] {
  return [...new Map(keys.map((key) => [text(key), key])).values()];
}

/**
 * Groups by rows and columns together → a table; the first `depth` parts of a key are the row.
 * The columns stand in the order of `heads`.
 */
export function pivotTable(
  groups: readonly AnsweredGroup[], depth: number, heads: readonly Key[] = [],
): PivotTable {
  const places = new Map(heads.map((key, at) => [text(key), at]));
  const place = (key: Key) => places.get(text(key)) ?? heads.length;
  const cells = new Map(groups.map((group) => [
    text(group.key), { values: group.values, where: group.where ?? undefined },
  ]));
  return {
    rows: distinct(groups.map(({ key }) => key.slice(0, depth))),
    columns: [...distinct(groups.map(({ key }) => key.slice(depth)))]
      .sort((one, other) => place(one) - place(other)),
    cell: (row, column) => cells.get(text([...row, ...column])),
  };
}
