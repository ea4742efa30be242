import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { FilterX, Inbox, Plus } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import { linkPath, recordList } from '@/api/records';
import type { ObjectMeta, RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { Page } from '@/ui/page';
import { Failed, FailedLine, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { listColumns } from './list-columns';
import { columnsOf, filterFromUrl, sortFromUrl } from './list-state';
import { ListToolbar } from './list-toolbar';
import { LoadMore } from './load-more';
import styles from './records.module.css';

const CreateDrawer = lazy(() => import('./create-drawer'));
const PAGE_LIMIT = 50;

function useList(object: ObjectMeta) {
  const { objects } = useMeta();
  const [params] = useUrlState();
  const fields = useMemo(() => columnsOf(object, params.get('cols')), [object, params]);
  const sort = useMemo(() => sortFromUrl(params.get('sort')), [params]);
  const where = useMemo(() => filterFromUrl(params.get('where')), [params]);
  const search = params.get('q') ?? undefined;
  const select = useMemo(() => fields.flatMap((field) => {
    const path = linkPath(field, objects);
    return path === null ? [field.api_name] : [field.api_name, path];
  }), [fields, objects]);
  const list = useInfiniteQuery({
    ...recordList(object.api_name, {
      select, where, search, sort, page: { limit: PAGE_LIMIT }, count: 'capped',
    }),
    placeholderData: keepPreviousData,
  });
  return { fields, sort, where, search, list };
}

type Props = Readonly<{ object: ObjectMeta; title?: string; emptyAction?: React.ReactNode }>;

/** The list of any object, generated from its metadata: search, sort, columns, cursor pages. */
export function RecordList({ object, title, emptyAction }: Props) {
  const { t, language } = useText();
  const [params, change] = useUrlState();
  const { fields, sort, where, search, list } = useList(object);
  const rows = list.data?.pages.flatMap((page) => page.records) ?? [];
  const first = list.data?.pages[0];
  const count = first?.count ?? null;
  const countKey = first?.count_kind === 'at_least' ? 'list.count_more' : 'list.count';
  const label = title ?? labelOf(object.label, language, object.api_name);
  const creating = params.get('new') === '1' && object.rights.create;
  const { fetchNextPage } = list;
  const more = useCallback(() => {
    void fetchNextPage();
  }, [fetchNextPage]);
  const create = object.rights.create && (
    <Button
      type="primary"
      icon={<Plus size={15} aria-hidden />}
      onClick={() => {
        change({ new: '1' });
      }}
    >
      {t('list.create')}
    </Button>
  );
  const filtered = where !== undefined || search !== undefined;
  const columns = listColumns({ object, fields, sort, language, unnamed: t('value.unnamed') });
  return (
    <Page
      title={label}
      note={count === null ? undefined : t(countKey, { n: formatCount(count) })}
      tools={create}
    >
      <ListToolbar object={object} shown={fields} />
      {list.isError && list.data && <FailedLine error={list.error} retry={more} />}
      <div className={styles.table}>
        {list.isPending && <TableSkeleton columns={fields.length} rows={12} />}
        {list.isError && !list.data && (
          <Failed error={list.error} retry={() => void list.refetch()} />
        )}
        {list.data && rows.length === 0 && (filtered
          ? <NothingFound />
          : (
            <Notice
              icon={Inbox}
              title={t('list.empty', { object: label })}
              text={t('list.empty_text')}
            >
              {emptyAction ?? create}
            </Notice>
          )
        )}
        {rows.length > 0 && (
          <RowTable rows={rows} columns={columns} fetching={list.isPlaceholderData} />
        )}
        <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={more} />
      </div>
      {creating && (
        <Suspense>
          <CreateDrawer
            object={object}
            onClose={() => {
              change({ new: null }, { replace: true });
            }}
          />
        </Suspense>
      )}
    </Page>
  );
}

type RowTableProps = Readonly<{
  rows: readonly RecordRow[];
  columns: ReturnType<typeof listColumns>;
  fetching: boolean;
}>;

function RowTable({ rows, columns, fetching }: RowTableProps) {
  const [, change] = useUrlState();
  const width = columns.reduce((sum, column) => sum + Number(column.width ?? 0), 0);
  return (
    <Table<RecordRow>
      size="small"
      rowKey="id"
      sticky
      tableLayout="fixed"
      pagination={false}
      scroll={{ x: width }}
      className={fetching ? styles.stale : undefined}
      columns={columns}
      dataSource={rows}
      onChange={(_, __, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter;
        const key = one?.order ? String(one.columnKey) : null;
        change({ sort: key === null ? null : one?.order === 'descend' ? `-${key}` : key });
      }}
    />
  );
}

function NothingFound() {
  const { t } = useText();
  const [, change] = useUrlState();
  return (
    <Notice icon={FilterX} title={t('list.none')} text={t('list.none_text')}>
      <Button
        onClick={() => {
          change({ q: null, where: null, from: null });
        }}
      >
        {t('list.clear')}
      </Button>
    </Notice>
  );
}
