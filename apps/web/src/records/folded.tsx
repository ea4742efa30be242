import type { ReactNode } from 'react';
import { useText } from '@/i18n/use-text';
import styles from './records.module.css';

/** Fields that are seldom needed, closed until somebody opens them. */
export function Folded({ count, children }: Readonly<{ count: number; children: ReactNode }>) {
  const { t } = useText();
  if (count === 0) return null;
  return (
    <details className={styles.folded}>
      <summary>{t('record.more_fields', { n: count })}</summary>
      <div className={styles.form}>{children}</div>
    </details>
  );
}
