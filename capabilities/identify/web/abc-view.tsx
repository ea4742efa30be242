import { BarChart3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useText } from '@/i18n/use-text';
import { formatCount } from '@/lib/money';
import { Panel } from '@/ui/page';
import { Failed, FailedLine, Notice } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { AbcSkeleton } from './abc-skeleton';
import { countClasses } from './classes';
import type { Thresholds } from './classes';
import { Figures } from './figures';
import { Findings } from './findings';
import { useValueText } from './measure-text';
import { MigrationPanel } from './migration';
import { Pareto } from './pareto';
import { PoolSharePanel } from './pool-share';
import { RankingTable } from './ranking-table';
import type { RankingState } from './ranking-state';
import { useRanking } from './use-ranking';
import styles from './abc.module.css';

/** Thresholds while they are dragged; they reach the address when the pointer lets go. */
function useThresholds(state: RankingState) {
  const [, change] = useUrlState();
  const [dragged, setDragged] = useState<Thresholds | null>(null);
  const settled = { a: state.a, b: state.b };
  return {
    thresholds: dragged ?? settled,
    drag: setDragged,
    settle: () => {
      if (!dragged) return;
      change({ a: String(dragged.a), b: String(dragged.b) }, { replace: true });
      setDragged(null);
    },
  };
}

export function AbcView({ state }: Readonly<{ state: RankingState }>) {
  const { t } = useText();
  const [, change] = useUrlState();
  const { thresholds, drag, settle } = useThresholds(state);
  const { measureTitle } = useValueText(state);
  const { summary, found, query, rows, cumulative, customers } = useRanking(state);
  const counts = useMemo(
    () => countClasses(cumulative, thresholds, state.convention),
    [cumulative, thresholds, state.convention],
  );
  if (query.isError && rows.length === 0) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (query.isPending || summary.isPending) return <AbcSkeleton />;
  if (rows.length === 0) {
    return (
      <Notice icon={BarChart3} title={t('identify.no_sales')} text={t('identify.no_sales_text')} />
    );
  }
  const loaded = rows.length < customers && query.hasNextPage
    ? t('identify.partial', { n: formatCount(rows.length), total: formatCount(customers) })
    : null;
  return (
    <div className={query.isPlaceholderData ? styles.stale : styles.view}>
      {summary.isError && (
        <FailedLine error={summary.error} retry={() => void summary.refetch()} />
      )}
      {query.isError && <FailedLine error={query.error} retry={() => void query.fetchNextPage()} />}
      {summary.data && <Figures state={state} answer={summary.data} counts={counts} />}
      <div className={styles.columns}>
        <Panel
          fill
          title={measureTitle}
          tools={<span className={styles.help}>{loaded ?? t('identify.chart_help')}</span>}
        >
          <Pareto
            state={state}
            rows={rows}
            customers={customers}
            counts={counts}
            thresholds={thresholds}
            onThresholds={drag}
            onSettle={settle}
            onSelect={(ranks) => {
              change({ sel: ranks ? ranks.join('-') : null, class: null }, { replace: true });
            }}
          />
        </Panel>
        <div className={styles.rail}>
          <Findings found={found} />
          {state.compare !== 'none' && <MigrationPanel state={state} summary={summary.data} />}
        </div>
      </div>
      <PoolSharePanel state={state} />
      <RankingTable state={state} rows={rows} counts={counts} customers={customers} />
    </div>
  );
}
