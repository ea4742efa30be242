import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import type { Impact } from './structure-api';
import styles from './structure.module.css';

/** What a change touches, in words. */
export function ImpactText({ impact }: Readonly<{ impact: Impact }>) {
  const { t } = useText();
  const { users, records, records_with_value: filled, conversion } = impact;
  return (
    <div className={styles.impact} role="status">
      {filled !== undefined && <p>{t('structure.values', { n: formatCount(filled) })}</p>}
      {filled === undefined && records !== undefined && (
        <p>{t('structure.records', { n: formatCount(records) })}</p>
      )}
      {conversion && (
        <p>
          {t('structure.conversion', {
            tried: formatCount(conversion.tried), failed: formatCount(conversion.failed),
          })}
        </p>
      )}
      {users.length > 0 && (
        <>
          <p>{t('structure.used_by')}</p>
          <ul>
            {users.map((user) => (
              <li key={`${user.kind} ${user.object} ${user.name}`}>{user.object} · {user.name}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
