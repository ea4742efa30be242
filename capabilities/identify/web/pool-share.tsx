import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { Check } from 'lucide-react';
import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import { formatCount, formatShare } from '@/lib/money';
import type { MoneyUnit } from '@/lib/money';
import { Definition } from '@/ui/definition';
import { Amount, unitLabelKey } from '@/ui/money';
import { Panel } from '@/ui/page';
import { Bone, FailedLine } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { MEASURE_LABELS } from './measure-text';
import { poolShare } from './ranking-api';
import type { PoolPart } from './ranking-api';
import type { RankingState } from './ranking-state';
import styles from './abc.module.css';

const YARDSTICKS = [60, 70, 80] as const;

const percentOf = (share: number) => Math.round(share * 100);

/** What the key account pool brings of all sales and profit, beside what it ought to bring. */
export function PoolSharePanel({ state }: Readonly<{ state: RankingState }>) {
  const { t } = useText();
  const [, change] = useUrlState();
  const found = useQuery({ ...poolShare(state), placeholderData: keepPreviousData });
  const pool = found.data;
  if (found.isSuccess && !pool) return null;
  const chosen = pool ? percentOf(pool.yardstick) : null;
  const offered = chosen === null || YARDSTICKS.some((one) => one === chosen)
    ? [...YARDSTICKS] : [...YARDSTICKS, chosen].sort((left, right) => left - right);
  return (
    <Panel
      title={(
        <>
          {t('identify.pool_share')}
          <Definition of={t('identify.pool_share')} text={t('identify.help.pool_share')} />
        </>
      )}
      tools={(
        <span className={styles.yardstick}>
          {t('identify.yardstick')}
          <Segmented
            size="small" aria-label={t('identify.yardstick')} value={chosen ?? undefined}
            options={offered.map((value) => ({ value, label: `${value}%` }))}
            onChange={(value) => {
              change({ yardstick: String(Number(value) / 100) }, { replace: true });
            }}
          />
        </span>
      )}
    >
      {found.isPending && <Bone width="90%" height={72} />}
      {found.isError && <FailedLine error={found.error} retry={() => void found.refetch()} />}
      {pool && (
        <div className={styles.poolShare}>
          {(['net_sales', 'gross_profit'] as const).map((measure) => (
            <Bar
              key={measure} label={t(MEASURE_LABELS[measure])} part={pool[measure]}
              of={pool.yardstick} unit={state.unit}
            />
          ))}
          <Link to="/pool">
            {t('identify.pool_accounts', { n: formatCount(pool.accounts) })}
          </Link>
        </div>
      )}
    </Panel>
  );
}

function Bar({ label, part, of, unit }: Readonly<{
  label: string; part: PoolPart | null; of: number; unit: MoneyUnit;
}>) {
  const { t } = useText();
  const untold = t('identify.pool_untold');
  if (!part) return <p className="faint">{`${label} · ${untold}`}</p>;
  const { share, value, total, reached } = part;
  const told = { label, share: formatShare(share), yardstick: formatShare(of) };
  const lengths = { '--share': `${share * 100}%`, '--yardstick': `${of * 100}%` };
  return (
    <div>
      <span className={styles.poolLabel}>
        <span>{label}</span><b className="tabular">{told.share}</b>
      </span>
      <span
        className={styles.poolTrack} role="img" aria-label={t('identify.pool_bar', told)}
        style={lengths as React.CSSProperties}
      />
      <span className={styles.poolLabel}>
        <span className={reached ? styles.reached : undefined}>
          {reached && <Check size={13} aria-hidden />}
          {reached ? t('identify.pool_reached')
            : t('identify.pool_missed', { points: ((of - share) * 100).toFixed(1) })}
        </span>
        <span className="faint">
          <Amount value={value} unit={unit} /> / <Amount value={total} unit={unit} />
          {` ${t(unitLabelKey(unit))}`}
        </span>
      </span>
    </div>
  );
}
