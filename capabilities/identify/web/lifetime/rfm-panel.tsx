import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatAmount, formatCount, withSymbol } from '@/lib/money';
import { LoadMore } from '@/records/load-more';
import { recordPath } from '@/records/record-path';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { rfmRows } from './lifetime-api';
import type { Rfm, RfmRow } from './lifetime-api';
import styles from './lifetime.module.css';

const FIFTHS = [5, 4, 3, 2, 1] as const;

/** Customers in fifths: how lately, how often, for how much. */
export function RfmPanel({ asOf }: Readonly<{ asOf: string }>) {
  const { t } = useText();
  const found = useInfiniteQuery(rfmRows(asOf));
  const [first] = found.data?.pages ?? [];
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      {first && (
        <Panel title={t('lifetime.grid', { n: first.customers, day: first.as_of })}>
          <Grid cells={first.cells} />
        </Panel>
      )}
      <Panel flush>
        {found.isPending && <TableSkeleton rows={8} columns={5} />}
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {rows.length > 0 && <Rows rows={rows} />}
        <LoadMore
          hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Panel>
    </>
  );
}

/** Recency across, frequency down; the more customers, the darker. */
function Grid({ cells }: Readonly<{ cells: Rfm['cells'] }>) {
  const { t } = useText();
  const countOf = (r: number, f: number) => cells
    .filter((cell) => cell.r === r && cell.f === f)
    .reduce((sum, cell) => sum + cell.customers, 0);
  const most = Math.max(1, ...FIFTHS.flatMap((r) => FIFTHS.map((f) => countOf(r, f))));
  return (
    <table className={styles.grid}>
      <thead>
        <tr>
          <th scope="col">{t('lifetime.corner')}</th>
          {FIFTHS.map((r) => <th scope="col" key={r}>R{r}</th>)}
        </tr>
      </thead>
      <tbody>
        {FIFTHS.map((f) => (
          <tr key={f}>
            <th scope="row">F{f}</th>
            {FIFTHS.map((r) => {
              const count = countOf(r, f);
              const share = `${(count / most) * 100}%`;
              return (
                <td key={r} style={{ '--share': share } as React.CSSProperties}>
                  {count === 0 ? '' : formatCount(count)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rows({ rows }: Readonly<{ rows: readonly RfmRow[] }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  return (
    <div className={styles.scroll} role="region" tabIndex={0} aria-label={t('lifetime.rfm')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('lifetime.account')}</th>
            <th scope="col">RFM</th>
            <th scope="col" className="number">{t('lifetime.recency')}</th>
            <th scope="col" className="number">{t('lifetime.frequency')}</th>
            <th scope="col" className="number">{t('lifetime.monetary')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, r, f, m, recency_days, frequency, monetary }) => (
            <tr key={account.id}>
              <th scope="row">
                <Link to={recordPath('account', account.id)}>{account.name}</Link>
              </th>
              <td className="tabular" data-label="RFM">{`${r} ${f} ${m}`}</td>
              <td className="number" data-label={t('lifetime.recency')}>
                {t('lifetime.days', { n: formatCount(recency_days) })}
              </td>
              <td className="number" data-label={t('lifetime.frequency')}>
                {formatCount(frequency)}
              </td>
              <td className="number" data-label={t('lifetime.monetary')}>
                {withSymbol(formatAmount(monetary, 'one'), workspace.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
