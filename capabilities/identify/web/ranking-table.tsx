import { Button, InputNumber, Segmented, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import { formatCount, formatShare } from '@/lib/money';
import { listPath, recordPath } from '@/records/record-path';
import { LoadMore } from '@/records/load-more';
import { Panel } from '@/ui/page';
import { useUrlState } from '@/ui/url-state';
import { classOfRank } from './classes';
import type { ClassCounts } from './classes';
import { useValueText } from './measure-text';
import type { RankingRow } from './ranking-api';
import { CLASS_FILTERS } from './ranking-state';
import type { ClassFilter, RankingState } from './ranking-state';
import styles from './abc.module.css';

const ROWS_AT_ONCE = 50;
const MOST_IN_A_LINK = 200;

type Props = Readonly<{
  state: RankingState; rows: readonly RankingRow[]; counts: ClassCounts; customers: number;
}>;

type Shown = RankingRow & Readonly<{ shownClass: 'A' | 'B' | 'C' }>;

function useShownRows({ state, rows, counts }: Props): readonly Shown[] {
  const { selection, shownClass } = state;
  return useMemo(() => rows.flatMap((row) => {
    const name = row.cum_share === null ? 'C' : classOfRank(row.rank, counts);
    if (selection && (row.rank < selection[0] || row.rank > selection[1])) return [];
    if (shownClass !== 'all' && name !== shownClass) return [];
    return [{ ...row, shownClass: name }];
  }), [rows, counts, selection, shownClass]);
}

function useColumns(state: RankingState): TableColumnsType<Shown> {
  const { t } = useText();
  const { shown, exact, measureTitle } = useValueText(state);
  return [
    { title: t('identify.column.rank'), width: 76, align: 'end', className: 'tabular',
      render: (_, row) => formatCount(row.rank) },
    { title: t('identify.column.account'), ellipsis: true, width: 280,
      render: (_, row) => (
        <Link className="plain-link" to={recordPath('account', row.account.id)}>
          {row.account.name}
        </Link>
      ) },
    { title: t('identify.column.code'), width: 120, ellipsis: true, className: 'tabular',
      render: (_, row) => <span className="faint">{row.account.code}</span> },
    { title: t('identify.column.class'), width: 70, align: 'center',
      render: (_, row) => (
        <span className={styles.badge} data-class={row.shownClass}>{row.shownClass}</span>
      ) },
    { title: measureTitle, width: 200, align: 'end',
      render: (_, row) => (
        <span className="tabular" title={exact(row.value)}>{shown(row.value)}</span>
      ) },
    { title: t('identify.column.share'), width: 110, align: 'end', className: 'tabular',
      render: (_, row) => formatShare(row.share, 2) },
    { title: t('identify.column.cumulative'), width: 150, align: 'end',
      render: (_, row) => (
        <span className={styles.cumulative}>
          <span className={styles.track}>
            <i style={{ width: `${(row.cum_share ?? 0) * 100}%` }} data-class={row.shownClass} />
          </span>
          <span className="tabular">{formatShare(row.cum_share)}</span>
        </span>
      ) },
  ];
}

/** The accounts behind the chart; selection and class narrow it. */
export function RankingTable(props: Props) {
  const { state, rows } = props;
  const { t } = useText();
  const shown = useShownRows(props);
  const columns = useColumns(state);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const visible = useMemo(() => shown.slice(0, limit), [shown, limit]);
  return (
    <Panel
      flush
      title={t('identify.table', { n: formatCount(shown.length), total: formatCount(rows.length) })}
      tools={<TableTools {...props} shown={shown} />}
    >
      <Table<Shown>
        className={styles.table}
        size="small"
        rowKey={(row) => row.account.id}
        tableLayout="fixed"
        scroll={{ x: 900 }}
        pagination={false}
        columns={columns}
        dataSource={visible}
        locale={{ emptyText: t('state.nothing_found') }}
      />
      <LoadMore
        hasMore={limit < shown.length}
        loading={false}
        onMore={() => {
          setLimit(limit + ROWS_AT_ONCE);
        }}
      />
    </Panel>
  );
}

function TableTools({ state, customers, shown }: Props & { shown: readonly Shown[] }) {
  const { t } = useText();
  const [, change] = useUrlState();
  const { selection } = state;
  const ids = shown.map((row) => row.account.id);
  const where = JSON.stringify({ op: 'in', field: 'id', value: ids });
  const select = (first: number, last: number) => {
    const sel = `${Math.min(first, last)}-${Math.max(first, last)}`;
    change({ sel, class: null }, { replace: true });
  };
  return (
    <>
      {selection && (
        <span className={styles.ranks}>
          <InputNumber
            aria-label={t('identify.rank_from')} className={styles.rank} min={1} max={customers}
            value={selection[0]} precision={0}
            onChange={(first) => {
              select(first ?? 1, selection[1]);
            }}
          />
          –
          <InputNumber
            aria-label={t('identify.rank_to')} className={styles.rank} min={1} max={customers}
            value={selection[1]} precision={0}
            onChange={(last) => {
              select(selection[0], last ?? customers);
            }}
          />
          <Button
            type="text" aria-label={t('identify.clear_selection')} icon={<X size={14} />}
            onClick={() => {
              change({ sel: null }, { replace: true });
            }}
          />
        </span>
      )}
      {!selection && (
        <Button
          onClick={() => {
            select(1, Math.max(1, Math.ceil(customers * 0.2)));
          }}
        >
          {t('identify.select_top')}
        </Button>
      )}
      {ids.length > 0 && ids.length <= MOST_IN_A_LINK && (
        <Link to={`${listPath('account')}?${new URLSearchParams({ where }).toString()}`}>
          <Button tabIndex={-1}>{t('identify.open_accounts')}</Button>
        </Link>
      )}
      <Segmented<ClassFilter>
        aria-label={t('identify.column.class')}
        value={state.shownClass}
        options={CLASS_FILTERS.map((value) => ({
          value, label: value === 'all' ? t('identify.all') : value,
        }))}
        onChange={(value) => {
          change({ class: value === 'all' ? null : value, sel: null }, { replace: true });
        }}
      />
    </>
  );
}
