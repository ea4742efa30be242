import type { RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { addDays } from '@/lib/dates';
import { formatShare } from '@/lib/money';
import { Amount, useUnitName } from '@/ui/money';
import { changeOf } from './causes-api';
import styles from './checks.module.css';

/** What was sold before and since, and by how much it moved. */
export function SalesChanged({ task }: Readonly<{ task: RecordRow }>) {
  const { t } = useText();
  const unit = useUnitName();
  const change = changeOf(task);
  if (change === null) return null;
  return (
    <>
      <span className={styles.values}>
        <Amount value={change.before} />
        <span aria-hidden>→</span>
        <strong><Amount value={change.now} /></strong>
        <span className="faint">{unit}</span>
      </span>
      {change.share !== null && (
        <span className={change.share < 0 ? styles.found : undefined}>
          {change.share < 0 ? '↓' : '↑'} {formatShare(Math.abs(change.share), 0)}
        </span>
      )}
      <span className="faint tabular">
        {t('dossier.causes_months', {
          from: change.from.slice(0, 7), to: addDays(change.to, -1).slice(0, 7),
        })}
      </span>
    </>
  );
}
