import { useQuery } from '@tanstack/react-query';
import { HandCoins } from 'lucide-react';
import { Link } from 'react-router';
import { useObjectMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { useText } from '@/i18n/use-text';
import styles from './today.module.css';

const unclaimed = recordQuery('payment', {
  select: ['number'], count: 'capped', page: { limit: 1 },
  where: {
    op: 'and',
    args: [{ op: 'empty', field: 'account' }, { op: 'gt', field: 'unallocated', value: '0' }],
  },
});

/** How many payments are nobody's yet, for those who can say whose they are. */
export function UnclaimedReceipts() {
  const { t } = useText();
  const payment = useObjectMeta('payment');
  const mayAllocate = useObjectMeta('payment_allocation')?.rights.create === true;
  const known = payment?.fields.some((field) => field.api_name === 'unallocated') === true;
  const found = useQuery({
    ...unclaimed, enabled: known && mayAllocate && payment.rights.update,
  });
  const count = found.data?.count ?? 0;
  if (count === 0) return null;
  return (
    <p className={styles.line}>
      <HandCoins size={15} aria-hidden />
      <span className={styles.kind}>{t('today.receipts')}</span>
      <Link to="/receipts">{t('today.unclaimed', { count: String(count) })}</Link>
    </p>
  );
}
