import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PointerEvent } from 'react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { exactAmount, formatCount, formatShare } from '@/lib/money';
import { useScheme } from '@/theme/preferences';
import { COLOURS, FONT_FAMILY } from '@/theme/tokens';
import Chart from './chart';
import { chartOption, PLOT } from './chart-option';
import { classOfRank, moveThreshold, rankAt } from './classes';
import type { ClassCounts, Thresholds } from './classes';
import { useValueText } from './measure-text';
import type { RankingRow } from './ranking-api';
import type { RankingState } from './ranking-state';
import { ThresholdHandle } from './threshold-handle';
import styles from './abc.module.css';

const SMALLEST_DRAG_PX = 4;

type Props = Readonly<{
  state: RankingState;
  rows: readonly RankingRow[];
  customers: number;
  counts: ClassCounts;
  thresholds: Thresholds;
  onThresholds: (next: Thresholds) => void;
  onSettle: () => void;
  onSelect: (ranks: readonly [number, number] | null) => void;
}>;

/** The size of an element, followed as it changes. */
function useHeight(element: HTMLElement | null): number {
  const subscribe = useCallback((listener: () => void) => {
    if (!element) return () => undefined;
    const observer = new ResizeObserver(listener);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return useSyncExternalStore(subscribe, () => element?.clientHeight ?? 0);
}

export function Pareto(props: Props) {
  const { state, rows, customers, counts, thresholds } = props;
  const { t } = useText();
  const scheme = useScheme();
  const { axisText } = useValueText(state);
  const [plot, setPlot] = useState<HTMLDivElement | null>(null);
  const height = useHeight(plot);
  const option = useMemo(() => chartOption({
    rows, customers, counts, colours: COLOURS[scheme], formatValue: axisText, font: FONT_FAMILY,
    texts: { cumulative: t('identify.cumulative') },
  }), [rows, customers, counts, scheme, axisText, t]);
  const label = t('identify.chart_label', {
    customers, a: counts.A, b: counts.B, c: counts.C,
  });
  return (
    <div className={styles.pareto}>
      <Chart option={option} label={label} className={styles.canvas} />
      <div
        ref={setPlot}
        className={styles.plot}
        style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
      >
        <Brush {...props} />
        <BandNames counts={counts} customers={customers} />
        {(['a', 'b'] as const).map((which) => (
          <ThresholdHandle
            key={which}
            name={which === 'a' ? 'A' : 'B'}
            share={thresholds[which]}
            height={height}
            onMove={(share) => {
              props.onThresholds(moveThreshold(thresholds, which, share));
            }}
            onSettle={props.onSettle}
          />
        ))}
      </div>
    </div>
  );
}

function BandNames({ counts, customers }: { counts: ClassCounts; customers: number }) {
  let start = 0;
  return (
    <div className={styles.bands} aria-hidden>
      {(['A', 'B', 'C'] as const).map((name) => {
        const left = (start / Math.max(1, customers)) * 100;
        const width = (counts[name] / Math.max(1, customers)) * 100;
        start += counts[name];
        if (counts[name] === 0) return null;
        return (
          <span
            key={name}
            className={styles.bandName}
            style={{ left: `${left}%`, width: `${width}%` }}
          >
            <b data-class={name}>{name}</b>
            {width > 7 && <span>{formatCount(counts[name])}</span>}
          </span>
        );
      })}
    </div>
  );
}

/** Dragging across the plot selects the accounts under the pointer's way. */
function Brush({ state, rows, customers, counts, onSelect }: Props) {
  const start = useRef<{ x: number; rank: number } | null>(null);
  const [drawn, setDrawn] = useState<readonly [number, number] | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const rankOf = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return rankAt(event.clientX, box.left, box.width, customers);
  };
  const ranks = drawn ?? state.selection;
  const percent = (rank: number) => `${(rank / Math.max(1, customers)) * 100}%`;
  return (
    <div
      className={styles.brush}
      onPointerDown={(event) => {
        if (event.pointerType === 'touch') return;
        start.current = { x: event.clientX, rank: rankOf(event) };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const rank = rankOf(event);
        setHovered(rank);
        const from = start.current;
        if (!from || Math.abs(event.clientX - from.x) < SMALLEST_DRAG_PX) return;
        setDrawn([Math.min(from.rank, rank), Math.max(from.rank, rank)]);
      }}
      onPointerUp={() => {
        if (start.current) onSelect(drawn);
        start.current = null;
        setDrawn(null);
      }}
      onPointerLeave={() => {
        setHovered(null);
      }}
    >
      {ranks && (
        <div
          className={styles.selection}
          style={{ left: percent(ranks[0] - 1), width: percent(ranks[1] - ranks[0] + 1) }}
        />
      )}
      {hovered !== null && (
        <Hover state={state} row={rows[hovered - 1]} rank={hovered} customers={customers}
          counts={counts} />
      )}
    </div>
  );
}

type HoverProps = Readonly<{
  state: RankingState; row: RankingRow | undefined; rank: number; customers: number;
  counts: ClassCounts;
}>;

function Hover({ state, row, rank, customers, counts }: HoverProps) {
  const { t } = useText();
  const { workspace } = useMeta();
  const { isAmount } = useValueText(state);
  if (!row || row.cum_share === null) return null;
  const place = ((rank - 0.5) / Math.max(1, customers)) * 100;
  const value = isAmount ? exactAmount(row.value, workspace.currency) : row.value;
  return (
    <>
      <div className={styles.hairline} style={{ left: `${place}%` }} />
      <div
        className={styles.dot}
        style={{ left: `${place}%`, top: `${(1 - row.cum_share) * 100}%` }}
      />
      <div className={place > 60 ? styles.cardLeft : styles.card} style={{ left: `${place}%` }}>
        <b>{row.account.name}</b>
        <span className="tabular">{value}</span>
        <span className="faint tabular">
          {t('identify.hover', {
            rank: row.rank, share: formatShare(row.share, 2),
            cumulative: formatShare(row.cum_share), name: classOfRank(rank, counts),
          })}
        </span>
      </div>
    </>
  );
}
