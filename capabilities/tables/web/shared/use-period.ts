import { useEffect, useMemo } from 'react';
import { useMeta } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow } from '@/api/types';
import { addDays, fromZoned } from '@/lib/dates';
import { shownFields } from '../grid/columns';
import { useSelect, withWhere } from '../rows/use-rows';
import { useBook } from './use-book';
import type { OpenView } from '../views/use-view';

/** More records than this are no calendar any more. */
const MOST_RECORDS = 500;

/** The records of some days, by a field that says when they are. */
export function usePeriod(
  object: ObjectMeta, view: OpenView, field: FieldMeta | undefined, days: readonly string[],
): Readonly<{ records: readonly RecordRow[]; truncated: boolean }> {
  const { workspace } = useMeta();
  const { definition, search } = view;
  const names = useMemo(() => [
    ...shownFields(object, definition).map((one) => one.api_name), field?.api_name ?? '',
    definition.colour ?? '', definition.to ?? '', definition.after ?? '',
  ], [object, definition, field]);
  const select = useSelect(object, names);
  const edge = (day: string) => (field?.type === 'datetime'
    ? fromZoned(`${day}T00:00:00`, workspace.time_zone) : day);
  const name = field?.api_name ?? '';
  const first = days[0] ?? '';
  const last = days.at(-1) ?? first;
  const where = withWhere(definition.where, {
    op: 'and',
    args: [
      { op: 'gte', field: name, value: edge(first) },
      { op: 'lt', field: name, value: edge(addDays(last, 1)) },
    ],
  });
  const book = useBook({ object, select, where, search, sort: [{ field: name, dir: 'asc' }] });
  const source = book.source('', where, null);
  useEffect(() => {
    source.look(0, MOST_RECORDS - 1);
  }, [source]);
  return { records: source.loaded(), truncated: source.total > MOST_RECORDS };
}
