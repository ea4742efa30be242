import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import { LoadMore } from '@/records/load-more';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import styles from './lifetime.module.css';

/** A figure of each customer: its heading is beside it on a phone. */
export type CustomerColumn<Row> = Readonly<{
  key: string; heading: string; number?: boolean; show: (row: Row) => ReactNode;
}>;

type CustomerRow = Readonly<{ account: Readonly<{ id: string; name: string }> }>;

type Props<Row> = Readonly<{
  label: string;
  title?: string | undefined;
  found: Pick<
    UseInfiniteQueryResult, 'isPending' | 'isError' | 'isSuccess' | 'error' | 'refetch'
    | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
  rows: readonly Row[];
  columns: readonly CustomerColumn<Row>[];
  /** Behind the name. */
  mark?: (row: Row) => ReactNode;
  /** Instead of the table where nobody is found. */
  nobody?: ReactNode;
}>;

/** Customers with their figures, page after page. */
export function CustomerPanel<Row extends CustomerRow>(props: Props<Row>) {
  const { title, found, rows, columns, nobody } = props;
  return (
    <Panel flush title={title}>
      {found.isPending && <TableSkeleton rows={8} columns={columns.length + 1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && nobody}
      {rows.length > 0 && <CustomerTable {...props} />}
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Panel>
  );
}

function CustomerTable<Row extends CustomerRow>({ label, rows, columns, mark }: Props<Row>) {
  const { t } = useText();
  return (
    <div className={styles.scroll} role="region" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('lifetime.account')}</th>
            {columns.map(({ key, heading, number = true }) => (
              <th scope="col" key={key} className={number ? 'number' : undefined}>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.account.id}>
              <th scope="row">
                <Link to={recordPath('account', row.account.id)}>{row.account.name}</Link>
                {mark?.(row)}
              </th>
              {columns.map(({ key, heading, number = true, show }) => (
                <td key={key} className={number ? 'number' : 'tabular'} data-label={heading}>
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
