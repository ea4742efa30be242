import type { PoolState } from './pool-api';
import { usePoolWords } from './words';
import styles from './pool.module.css';

export function StateTag({ state }: Readonly<{ state: PoolState }>) {
  const { stateName, colourOf } = usePoolWords();
  return (
    <span className={styles.tag}>
      <i className={styles.dot} style={{ background: `var(--tag-${colourOf('state', state)})` }} />
      {stateName(state)}
    </span>
  );
}

export function TierTag({ tier }: Readonly<{ tier: string | null }>) {
  const { tierName, colourOf } = usePoolWords();
  if (tier === null) return null;
  return (
    <span className={styles.tag}>
      <i className={styles.dot} style={{ background: `var(--tag-${colourOf('tier', tier)})` }} />
      {tierName(tier)}
    </span>
  );
}
