import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { numberText } from '@/lib/decimal';
import { formatShare } from '@/lib/money';
import { Amount, useUnitName } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import type { Measure, Period, ProductRow, Sums } from './product-periods';
import { firstDay, MEASURES, PERIODS, productRows, valueOf } from './product-periods';
import { MEASURE_TEXTS, PERIOD_TEXTS, textKey } from './text-keys';
import { productQuery } from './trading-api';
import styles from './dossier.module.css';

function chosen<T extends string>(all: readonly T[], value: string | null, first: T): T {
  return all.find((one) => one === value) ?? first;
}

/** What an account buys: product by period, in amount, quantity, margin or price. */
export function Products({ account, asOf }: Readonly<{ account: string; asOf: string }>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const line = useObjectMeta('order_line');
  const unit = useUnitName();
  const measure = chosen(MEASURES, params.get('measure'), 'amount');
  const period = chosen(PERIODS, params.get('period'), 'quarter');
  const found = useQuery({
    ...productQuery(account, period, firstDay(asOf, period)),
    enabled: line?.rights.read ?? false,
  });
  if (!line?.rights.read) return null;
  const rows = productRows(found.data?.groups ?? []);
  return (
    <Panel
      flush
      title={measure === 'amount'
        ? `${t('dossier.products')} · ${unit}` : t('dossier.products')}
      tools={(
        <>
          <Segmented<Measure>
            aria-label={t('dossier.products_measure')} value={measure}
            options={MEASURES.map((value) => (
              { value, label: t(textKey(MEASURE_TEXTS, value)) }
            ))}
            onChange={(next) => {
              change({ measure: next }, { replace: true });
            }}
          />
          <Segmented<Period>
            aria-label={t('dossier.products_period')} value={period}
            options={PERIODS.map((value) => ({ value, label: t(textKey(PERIOD_TEXTS, value)) }))}
            onChange={(next) => {
              change({ period: next }, { replace: true });
            }}
          />
        </>
      )}
    >
      {found.isPending && <TableSkeleton rows={4} columns={5} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <p className={styles.nothing}>{t('dossier.nothing_yet')}</p>
      )}
      {found.data?.page.has_more && (
        <p className={styles.nothing}>{t('dossier.products_cut')}</p>
      )}
      {rows.length > 0 && <Table rows={rows} measure={measure} />}
    </Panel>
  );
}

function Table({ rows, measure }: Readonly<{
  rows: readonly ProductRow[]; measure: Measure;
}>) {
  const { t } = useText();
  const periods = [...new Set(rows.flatMap((row) => [...row.periods.keys()]))].sort();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('dossier.product')}</th>
            {periods.map((one) => (
              <th key={one} scope="col" className={styles.right}>{one}</th>
            ))}
            <th scope="col" className={styles.right}>{t('dossier.products_total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.name === '' ? t('dossier.product_none') : row.name}</td>
              {periods.map((one) => (
                <td key={one} className={styles.right}>
                  <Figure sums={row.periods.get(one)} measure={measure} />
                </td>
              ))}
              <td className={styles.right}>
                <Figure sums={row.total} measure={measure} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ sums, measure }: Readonly<{ sums: Sums | undefined; measure: Measure }>) {
  const value = valueOf(sums, measure);
  if (value === null) return <span className="faint">—</span>;
  if (measure === 'margin') return formatShare(value);
  if (measure === 'quantity') return numberText(value, 2);
  if (measure === 'amount') return <Amount value={value.toFixed(2)} />;
  return <Amount value={value.toFixed(2)} unit="one" />;
}
