import { useInfiniteQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatAmount, formatCount, withSymbol } from '@/lib/money';
import { Panel } from '@/ui/page';
import { CustomerPanel } from './customer-panel';
import type { CustomerColumn } from './customer-panel';
import { rfmRows } from './lifetime-api';
import type { Rfm, RfmRow } from './lifetime-api';
import styles from './lifetime.module.css';

const FIFTHS = [5, 4, 3, 2, 1] as const;

/** Customers in fifths: how lately, how often, for how much. */
export function RfmPanel({ asOf }: Readonly<{ asOf: string }>) {
  const { t } = useText();
  const columns = useColumns();
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
      <CustomerPanel<RfmRow>
        label={t('lifetime.rfm')} found={found} rows={rows} columns={columns}
      />
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

function useColumns(): CustomerColumn<RfmRow>[] {
  const { t } = useText();
  const { workspace } = useMeta();
  return [
    {
      key: 'rfm', heading: 'RFM', number: false, show: ({ r, f, m }) => `${r} ${f} ${m}`,
    },
    {
      key: 'recency', heading: t('lifetime.recency'),
      show: ({ recency_days: n }) => t('lifetime.days', { n: formatCount(n) }),
    },
    {
      key: 'frequency', heading: t('lifetime.frequency'),
      show: ({ frequency }) => formatCount(frequency),
    },
    {
      key: 'monetary', heading: t('lifetime.monetary'),
      show: ({ monetary }) => withSymbol(formatAmount(monetary, 'one'), workspace.currency),
    },
  ];
}
