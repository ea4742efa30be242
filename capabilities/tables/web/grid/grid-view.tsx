import { Button } from 'antd';
import { FilterX, Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import { labelOf } from '@/api/meta';
import type { ObjectMeta, Value } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { Failed, FailedLine, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import { editsOf } from '../edits/edits';
import { askReason } from '../edits/ask-reason';
import type { GroupNode } from '../rows/layout';
import { MOST_GROUPS } from '../rows/table-api';
import { useSelect, useRows } from '../rows/use-rows';
import { useLiveRows } from '../rows/use-live-rows';
import { useGroupNames } from '../shared/group-names';
import { useCellContext } from '../shared/use-context';
import type { GroupKey } from '../views/definition';
import type { ViewProps } from '../views/pages';
import type { OpenView } from '../views/use-view';
import { gridColumns } from './columns';
import type { GridEnvironment } from './environment';
import { Grid } from './grid';
import { Scroller } from './scroller';
import { createSelection } from './selection';
import { SelectionBar } from './selection-bar';
import styles from './grid.module.css';

type Props = ViewProps;

/** The rows that one view shows, and the columns to show them in. */
function useTable({ object, view }: Props, collapsed: ReadonlySet<string>) {
  const narrow = useNarrow();
  const { definition, search } = view;
  const columns = useMemo(
    () => gridColumns(object, definition, narrow), [object, definition, narrow],
  );
  const names = useMemo(() => [
    ...columns.all.map(({ field }) => field.api_name),
    ...(definition.colour ? [definition.colour] : []),
  ], [columns, definition.colour]);
  const select = useSelect(object, names);
  const rows = useRows({
    object, select, where: definition.where, search, sort: definition.sort ?? [],
  }, definition, collapsed);
  return { columns, rows };
}

const NO_GROUPS: readonly GroupKey[] = [];

function keysOf(tree: readonly GroupNode[]): readonly (readonly Value[])[] {
  return tree.flatMap(({ key, children }) => [key, ...keysOf(children)]);
}

/** What the groups are called; stays the same as long as no name changes. */
function useTreeNames(
  object: ObjectMeta, groups: readonly GroupKey[], tree: readonly GroupNode[],
) {
  const keys = useMemo(() => keysOf(tree), [tree]);
  return useGroupNames(object, groups, keys);
}

/** A table of records like a spreadsheet, over any number of rows. */
export default function GridView(props: Props) {
  const { object, view, onOpen } = props;
  const { t, language } = useText();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const { columns, rows } = useTable(props, collapsed);
  const [{ scroller, selection }] = useState(
    () => ({ scroller: new Scroller(), selection: createSelection() }),
  );
  const context = useCellContext();
  const groupName = useTreeNames(object, view.definition.group ?? NO_GROUPS, rows.tree);
  const { book, layout } = rows;
  useLiveRows(object.api_name, book, scroller);
  const env = useMemo<GridEnvironment>(() => ({
    object, columns, layout, book, context, scroller, selection, t, askReason, groupName,
    edits: editsOf(object.api_name), openRecord: onOpen,
  }), [object, columns, layout, book, context, scroller, selection, t, groupName, onOpen]);
  const plain = (view.definition.group ?? []).length === 0;
  const count = plain ? book.source('', view.definition.where, null).counted
    : rows.tree.reduce((sum, node) => sum + node.count, 0);
  return (
    <Grid
      env={env} view={view} count={count} collapsed={collapsed}
      label={labelOf(object.label, language, object.api_name)}
      onToggle={(path) => {
        const next = new Set(collapsed);
        if (!next.delete(path)) next.add(path);
        setCollapsed(next);
      }}
    >
      {rows.truncated && (
        <p className={styles.truncated} role="status">
          {t('tables.groups_truncated', { n: formatCount(MOST_GROUPS) })}
        </p>
      )}
      <SelectionBar env={env} />
      <Over object={object} view={view} rows={rows} />
    </Grid>
  );
}

type OverProps = Readonly<{
  object: ObjectMeta; view: OpenView; rows: ReturnType<typeof useRows>;
}>;

/** What is said instead of rows: loading, failed, empty, nothing found. */
function Over({ object, view, rows }: OverProps) {
  const { t, language } = useText();
  const [, change] = useUrlState();
  const { layout, ready, error, retry } = rows;
  if (error !== null && layout.total > 0) return <FailedLine error={error} retry={retry} />;
  if (error !== null) {
    return <div className={styles.over}><Failed error={error} retry={retry} /></div>;
  }
  if (!ready) {
    return <div className={styles.over}><TableSkeleton columns={6} rows={14} /></div>;
  }
  if (layout.total > 0) return null;
  const filtered = view.definition.where !== undefined || view.search !== '';
  if (filtered) {
    return (
      <div className={styles.over}>
        <Notice icon={FilterX} title={t('list.none')} text={t('list.none_text')}>
          <Button
            onClick={() => {
              change({ q: null });
              view.change({ where: undefined });
            }}
          >
            {t('list.clear')}
          </Button>
        </Notice>
      </div>
    );
  }
  const name = labelOf(object.label, language, object.api_name);
  return (
    <div className={styles.over}>
      <Notice icon={Inbox} title={t('list.empty', { object: name })} text={t('list.empty_text')}>
        {object.rights.create && (
          <Button
            type="primary"
            onClick={() => {
              change({ new: '1' });
            }}
          >
            {t('list.create')}
          </Button>
        )}
      </Notice>
    </div>
  );
}
