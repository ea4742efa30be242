import { ChevronDown, ChevronRight, Maximize2 } from 'lucide-react';
import { memo, useMemo, useSyncExternalStore } from 'react';
import type { FieldMeta, RecordRow } from '@/api/types';
import { fieldOf } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import type { CellContext } from '../cells/cell-text';
import { isRefused } from '../edits/edits';
import type { Mark } from '../edits/edits';
import { segmentAt } from '../rows/layout';
import type { GroupNode } from '../rows/layout';
import type { Definition } from '../views/definition';
import { measureText } from '../views/measure-text';
import { CellContent } from './cell';
import type { Columns, GridColumn } from './columns';
import type { GridEnvironment } from './environment';
import styles from './grid.module.css';

type LinesProps = Readonly<{
  env: GridEnvironment;
  definition: Definition;
  rowHeight: number;
  collapsed: ReadonlySet<string>;
  onToggle: (path: string) => void;
}>;

export const cellId = (line: number, column: number) => `cell-${line}-${column}`;

/** The lines that are seen: headings of groups and rows, each in its place. */
export function Lines({ env, definition, rowHeight, collapsed, onToggle }: LinesProps) {
  const { scroller, layout, columns } = env;
  const seen = useSyncExternalStore(scroller.seen.subscribe, scroller.seen.get);
  const marks = useSyncExternalStore(env.edits.marks.subscribe, env.edits.marks.get);
  const across = useSyncExternalStore(scroller.across.subscribe, scroller.across.get);
  const moving = useMemo(
    () => columns.moving.slice(across.first, across.last + 1), [columns, across],
  );
  const colour = definition.colour ? fieldOf(env.object, definition.colour) : undefined;
  const lines = [];
  for (let line = seen.first; line <= Math.min(seen.last, layout.total - 1); line += 1) {
    const segment = segmentAt(layout, line);
    if (!segment) continue;
    const top = line * rowHeight - seen.shift;
    if (segment.kind === 'group') {
      lines.push(
        <GroupLine
          key={`group ${segment.node.path}`} node={segment.node} line={line} top={top}
          height={rowHeight} env={env} definition={definition} moving={moving}
          open={!collapsed.has(segment.node.path)} onToggle={onToggle}
        />,
      );
      continue;
    }
    const record = segment.source.row(line - segment.start);
    lines.push(
      <RecordLine
        key={record?.id ?? `line ${line}`} line={line} number={line - segment.start + 1} top={top}
        height={rowHeight} record={record} columns={columns} moving={moving}
        context={env.context} marks={record && marks.get(record.id)}
        colour={colour && record && colourOf(colour, record)} onOpen={env.openRecord}
      />,
    );
  }
  return lines;
}

function colourOf(field: FieldMeta, record: RecordRow): string | undefined {
  const value = record.fields[field.api_name];
  return field.options?.find((option) => option.key === value)?.color;
}

type RecordLineProps = Readonly<{
  line: number;
  number: number;
  top: number;
  height: number;
  record: RecordRow | undefined;
  columns: Columns;
  moving: readonly GridColumn[];
  context: CellContext;
  marks: Readonly<Record<string, Mark>> | undefined;
  colour: string | undefined;
  onOpen: (id: string) => void;
}>;

const RecordLine = memo(function RecordLine(props: RecordLineProps) {
  const { line, top, height, record, columns, moving } = props;
  return (
    <div
      role="row" aria-rowindex={line + 2} className={styles.line}
      style={{ top, height, width: columns.width }}
    >
      <div className={styles.frozen} style={{ width: columns.frozenWidth }}>
        <Gutter {...props} />
        {columns.frozen.map((column) => (
          <Cell key={column.field.api_name} column={column} {...props} />
        ))}
      </div>
      {moving.map((column) => <Cell key={column.field.api_name} column={column} {...props} />)}
      {!record && <span className={styles.bone} style={{ left: columns.frozenWidth }} />}
    </div>
  );
});

function Gutter({ line, number, record, colour, onOpen }: RecordLineProps) {
  const { t } = useText();
  return (
    <div className={styles.gutter} role="rowheader" data-gutter={line}>
      {colour && <i className={styles.stripe} style={{ background: `var(--tag-${colour})` }} />}
      <span className={styles.number}>{formatCount(number)}</span>
      {record && (
        <button
          type="button" tabIndex={-1} className={styles.expand} aria-label={t('tables.open_record')}
          onClick={() => {
            onOpen(record.id);
          }}
        >
          <Maximize2 size={13} aria-hidden />
        </button>
      )}
    </div>
  );
}

type CellProps = RecordLineProps & Readonly<{ column: GridColumn }>;

function Cell({ column, line, record, context, marks }: CellProps) {
  const mark = marks?.[column.field.api_name];
  const state = mark ? styles[mark.state] ?? '' : '';
  return (
    <div
      role="gridcell" id={cellId(line, column.index)} aria-colindex={column.index + 2}
      aria-invalid={isRefused(mark) ? true : undefined}
      title={mark?.message || undefined}
      className={`${styles.cell} ${column.end ? styles.end : ''} ${state}`}
      style={{ left: column.left, width: column.width }}
    >
      {record && <CellContent field={column.field} fields={record.fields} context={context} />}
    </div>
  );
}

type GroupProps = Readonly<{
  node: GroupNode;
  line: number;
  top: number;
  height: number;
  env: GridEnvironment;
  definition: Definition;
  moving: readonly GridColumn[];
  open: boolean;
  onToggle: (path: string) => void;
}>;

const INDENT = 20;

/** The heading of a group: its value, how many it holds and its aggregates, in their columns. */
function GroupLine(props: GroupProps) {
  const { node, line, top, height, env, definition, moving, open, onToggle } = props;
  const { language } = useText();
  const { columns, context } = env;
  const name = env.groupName(node.depth, node.key.at(-1) ?? null);
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <div
      role="row" aria-rowindex={line + 2} aria-level={node.depth + 1} className={styles.group}
      style={{ top, height, width: columns.width }}
    >
      <div className={styles.frozen} style={{ width: Math.max(columns.frozenWidth, 280) }}>
        <div role="gridcell" className={styles.groupName}>
          <button
            type="button" aria-expanded={open} className={styles.toggle}
            style={{ paddingInlineStart: 12 + node.depth * INDENT }}
            onClick={() => {
              onToggle(node.path);
            }}
          >
            <Icon size={15} aria-hidden />
            <b>{name}</b>
            <span className="faint">{formatCount(node.count)}</span>
          </button>
        </div>
      </div>
      {moving.map((column) => {
        const fn = definition.aggregates?.[column.field.api_name];
        if (!fn) return null;
        return (
          <div
            key={column.field.api_name} role="gridcell" className={`${styles.cell} ${styles.end}`}
            style={{ left: column.left, width: column.width }}
          >
            {measureText(column.field, fn, node.values[column.field.api_name], context, language)}
          </div>
        );
      })}
    </div>
  );
}
