import { useText } from '@/i18n/use-text';
import type { Round } from '../pool-api';
import styles from '../pool.module.css';

const KEYS: Readonly<Record<Round['state'], string>> = {
  planned: 'pool.round_planned', open: 'pool.round_open', late: 'pool.round_late',
  closed: 'pool.round_closed',
};

/** Where a round stands on its calendar; how late it is, where it is. */
export function RoundState({ round }: Readonly<{
  round: Pick<Round, 'state' | 'days_late'>;
}>) {
  const { t } = useText();
  return (
    <span className={styles.phase} data-state={round.state}>
      {t(KEYS[round.state], { n: round.days_late })}
    </span>
  );
}
