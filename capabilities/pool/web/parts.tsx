import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '@/i18n/use-text';
import styles from './pool.module.css';

const PAGES = [
  ['/pool', 'pool.board'], ['/pool/rounds', 'pool.rounds'], ['/pool/standards', 'pool.standards'],
  ['/pool/segments', 'pool.segments'], ['/pool/targets', 'pool.targets'],
  ['/pool/screening', 'pool.template'], ['/pool/policy', 'pool.policy'],
] as const;

/** The pages of the pool, one beside the other. */
export function PoolPages() {
  const { t } = useText();
  return (
    <nav className={styles.pages} aria-label={t('pool.title')}>
      {PAGES.map(([path, label]) => (
        <NavLink
          key={path} to={path} end={path === '/pool'}
          className={({ isActive }) => (isActive ? styles.pageHere : styles.page)}
        >
          {t(label)}
        </NavLink>
      ))}
    </nav>
  );
}

/** A label above, what is wrong below. */
export function Field({ label, id, error, note, children }: Readonly<{
  label: string; id: string; error?: string | undefined; note?: string; children: ReactNode;
}>) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      {children}
      {note !== undefined && <span className={styles.note}>{note}</span>}
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}
