import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatCount, formatShare } from '@/lib/money';
import { Definition } from '@/ui/definition';
import { Amount, useUnitName } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Failed, TableSkeleton } from '@/ui/states';
import { Products } from './products';
import { Related } from './related';
import { BUCKET_TEXTS, textKey } from './text-keys';
import type { OpenBucket, Trading as View } from './trading-api';
import { tradingQuery } from './trading-api';
import styles from './dossier.module.css';

const HEADS = [
  'dossier.course_sales', 'dossier.course_orders', 'dossier.course_average',
  'dossier.course_invoiced', 'dossier.course_received', 'dossier.course_collected',
];

/** How an account trades and pays. */
export default function Trading({ id }: Readonly<{ id: string }>) {
  const found = useQuery(tradingQuery(id));
  return (
    <div className={styles.main}>
      {found.isPending && <TableSkeleton rows={5} columns={5} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Open view={found.data} />}
      {found.data && <Course view={found.data} />}
      {found.data && <Products account={id} asOf={found.data.as_of} />}
      <Related
        object="order" account={id} sort="ordered_at"
        columns={['number', 'ordered_at', 'status', 'amount', 'owner']}
      />
      <Related
        object="invoice" account={id} sort="due_on"
        columns={['number', 'issued_on', 'due_on', 'due_by', 'amount', 'open_amount']}
      />
      <Related
        object="payment" account={id} sort="paid_on"
        columns={['number', 'paid_on', 'amount', 'unallocated', 'means', 'state']}
      />
      <Related
        object="contract" account={id} sort="signed_on"
        columns={['number', 'name', 'signed_on', 'ends_on', 'amount', 'state']}
      />
    </div>
  );
}

function Open({ view }: Readonly<{ view: View }>) {
  const { t } = useText();
  const unit = useUnitName();
  const { credit } = view;
  const mayClaim = useObjectMeta('payment_allocation')?.rights.create === true;
  if (view.overdue === null || view.age === null) return null;
  const parts = [
    ['dossier.credit_limit', credit.limit], ['dossier.credit_open', credit.open],
    ['dossier.credit_unbilled', credit.unbilled], ['dossier.credit_drafts', credit.drafts],
    ['dossier.credit_used', credit.used],
  ] as const;
  const share = credit.used !== null && Number(credit.limit) > 0
    ? Number(credit.used) / Number(credit.limit) : null;
  return (
    <Panel
      title={<>{t('dossier.open_items')} · {unit}</>}
      tools={mayClaim && (
        <Link to="/receipts" className={styles.open}>{t('dossier.claim_receipts')}</Link>
      )}
    >
      <h3 className={styles.bucketTitle}>
        {t('dossier.by_overdue')}
        <Definition of={t('dossier.by_overdue')} text={t('dossier.by_overdue_text')} />
      </h3>
      <Buckets buckets={view.overdue} />
      <h3 className={styles.bucketTitle}>
        {t('dossier.by_age')}
        <Definition of={t('dossier.by_age')} text={t('dossier.by_age_text')} />
      </h3>
      <Buckets buckets={view.age} />
      <h3 className={styles.bucketTitle}>{t('dossier.credit')}</h3>
      <dl className={styles.buckets}>
        {parts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              {value === null ? '—' : <Amount value={value} />}
              {key === 'dossier.credit_used' && share !== null && (
                <span className={share > 1 ? styles.late : 'faint'}>
                  {' '}{formatShare(share)}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Buckets({ buckets }: Readonly<{ buckets: readonly OpenBucket[] }>) {
  const { t } = useText();
  return (
    <dl className={styles.buckets}>
      {buckets.map(({ bucket, amount, invoices }) => (
        <div key={bucket}>
          <dt>{t(textKey(BUCKET_TEXTS, bucket))}</dt>
          <dd>
            <Amount value={amount} />
            {' '}
            <span className="faint">{t('dossier.invoices', { count: String(invoices) })}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Sales, orders, invoices and receipts month by month. */
function Course({ view }: Readonly<{ view: View }>) {
  const { t } = useText();
  return (
    <Panel flush title={<>{t('dossier.course')} · {useUnitName()}</>}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossier.course_month')}</th>
              {HEADS.map((head) => (
                <th key={head} scope="col" className={styles.right}>{t(head)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...view.months].reverse().map((month) => <Month key={month.month} month={month} />)}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Month({ month }: Readonly<{ month: View['months'][number] }>) {
  const { sales, orders, invoiced, received } = month;
  const amount = (value: string | null) => (
    <td className={styles.right}>{value === null ? '—' : <Amount value={value} />}</td>
  );
  const average = sales === null || orders === 0 ? null : String(Number(sales) / orders);
  const collected = received !== null && Number(invoiced) > 0
    ? Number(received) / Number(invoiced) : null;
  return (
    <tr>
      <td className="tabular">{month.month}</td>
      {amount(sales)}
      <td className={styles.right}>{formatCount(orders)}</td>
      {amount(average)}
      {amount(invoiced)}
      {amount(received)}
      <td className={styles.right}>{formatShare(collected)}</td>
    </tr>
  );
}
