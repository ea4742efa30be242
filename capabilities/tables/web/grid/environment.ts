import type { ObjectMeta, RecordRow, Value } from '@/api/types';
import type { Translate } from '@/i18n/use-text';
import type { CellContext } from '../cells/cell-text';
import type { Edits } from '../edits/edits';
import { recordAt } from '../rows/layout';
import type { Layout } from '../rows/layout';
import type { RowBook } from '../rows/use-rows';
import type { Columns } from './columns';
import type { Scroller } from './scroller';
import type { SelectionStore } from './selection';

/** What every action of the grid works on. */
export type GridEnvironment = Readonly<{
  object: ObjectMeta;
  columns: Columns;
  layout: Layout;
  book: RowBook;
  context: CellContext;
  edits: Edits;
  selection: SelectionStore;
  scroller: Scroller;
  t: Translate;
  /** The value of a group on its level as text; linked records by name. */
  groupName: (level: number, value: Value) => string;
  /** Asks for the reason that an important field needs; null when the person gives up. */
  askReason: () => Promise<string | null>;
  /** Opens the record beside the table; with a field, the history of that cell. */
  openRecord: (id: string, history?: string) => void;
}>;

export type LineRecord = Readonly<{ line: number; record: RecordRow }>;

export function mayUpdate(record: RecordRow): boolean {
  return record.can.includes('update');
}

export function recordOn(env: GridEnvironment, line: number): RecordRow | undefined {
  return recordAt(env.layout, line);
}

/** The records from a line on, headings left out; those not in memory are read. */
export async function recordsFrom(
  env: GridEnvironment, line: number, count: number, lastLine = Infinity,
): Promise<readonly LineRecord[]> {
  const found: LineRecord[] = [];
  for (const segment of env.layout.segments) {
    const from = Math.max(line, segment.start);
    const to = Math.min(segment.start + segment.count - 1, lastLine);
    if (segment.kind !== 'rows' || from > to || found.length >= count) continue;
    const some = Math.min(to - from + 1, count - found.length);
    const records = await segment.source.take(from - segment.start, some);
    found.push(...records.map((record, at) => ({ line: from + at, record })));
  }
  return found;
}
