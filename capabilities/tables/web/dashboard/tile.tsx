import { Button, Dropdown } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { Ellipsis } from 'lucide-react';
import { Suspense, lazy, useCallback, useMemo } from 'react';
import { useText } from '@/i18n/use-text';
import { useScheme } from '@/theme/preferences';
import { COLOURS, FONT_FAMILY } from '@/theme/tokens';
import { Bone, Failed } from '@/ui/states';
import type { Tile } from '../views/definition';
import type { ViewProps } from '../views/pages';
import { chartOf } from './option';
import type { Point } from './option';
import { usePoints } from './use-points';
import styles from './dashboard.module.css';

const Plot = lazy(() => import('./plot'));

type Props = ViewProps & Readonly<{
  tile: Tile;
  onEdit: () => void;
  onRemove: () => void;
  onMove: (dragged: string) => void;
}>;

export function TileBox(props: Props) {
  const { tile, onEdit, onRemove, onMove } = props;
  const { t } = useText();
  const perform: Readonly<Record<string, () => void>> = { edit: onEdit, remove: onRemove };
  return (
    <section
      className={tile.kind === 'metric' ? styles.metricTile : styles.tile} aria-label={tile.title}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData('text/tile', tile.id);
      }}
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        onMove(event.dataTransfer.getData('text/tile'));
      }}
    >
      <header className={styles.tileHead}>
        <h2 className={styles.tileTitle}>{tile.title}</h2>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'edit', label: t('dashboard.edit') },
              { key: 'remove', label: t('filter.remove'), danger: true },
            ],
            onClick: ({ key }) => {
              perform[key]?.();
            },
          }}
        >
          <Button
            type="text" size="small" icon={<Ellipsis size={15} />}
            aria-label={t('dashboard.tile_menu', { title: tile.title })}
          />
        </Dropdown>
      </header>
      {tile.kind === 'text' ? <p className={styles.text}>{tile.text}</p> : <Content {...props} />}
    </section>
  );
}

function Content(props: Props) {
  const { tile, view } = props;
  const { t } = useText();
  const scheme = useScheme();
  const { found, points, wheres, total, axes } = usePoints(props);
  const written = JSON.stringify(points);
  const option = useMemo(
    () => chartOf(tile.kind, JSON.parse(written) as Point[], {
      colours: COLOURS[scheme], font: FONT_FAMILY, across: axes[0], up: axes[1],
    }),
    [tile.kind, written, scheme, axes],
  );
  const places = JSON.stringify(wheres);
  const { drill } = view;
  const pick = useCallback((at: number) => {
    drill((JSON.parse(places) as (typeof wheres))[at] ?? undefined);
  }, [drill, places]);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Bone width="100%" height={60} />;
  if (tile.kind === 'metric') {
    return (
      <button
        type="button" className={styles.metric} aria-label={t('pivot.open', { text: total })}
        onClick={() => {
          drill(view.definition.where);
        }}
      >
        {total || '—'}
      </button>
    );
  }
  if (points.length === 0) return <p className="faint">{t('state.nothing_found')}</p>;
  if (tile.kind === 'trend') {
    return <Trend points={points} option={option} tile={tile} onPick={pick} />;
  }
  if (tile.kind === 'table') return <Figures points={points} onPick={pick} />;
  return (
    <>
      <Suspense fallback={<Bone width="100%" height={180} />}>
        <Plot option={option} label={tile.title} className={styles.plot} onPick={pick} />
      </Suspense>
      <details className={styles.details}>
        <summary>{t('dashboard.as_table')}</summary>
        <Figures points={points} onPick={pick} />
      </details>
    </>
  );
}

type TrendProps = Readonly<{
  points: readonly Point[]; option: EChartsCoreOption; tile: Tile; onPick: (at: number) => void;
}>;

/** The last period large, what changed against the one before, and the way there. */
function Trend({ points, option, tile, onPick }: TrendProps) {
  const { t } = useText();
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last) return null;
  return (
    <>
      <button
        type="button" className={styles.metric} aria-label={t('pivot.open', { text: last.text })}
        onClick={() => {
          onPick(points.length - 1);
        }}
      >
        {last.text}
      </button>
      <span className={styles.note}>
        {last.name}
        {before && ' · '}
        {before && t('dashboard.change', { text: changeText(last.value, before.value) })}
      </span>
      <Suspense fallback={<Bone width="100%" height={72} />}>
        <Plot option={option} label={tile.title} className={styles.spark} onPick={onPick} />
      </Suspense>
    </>
  );
}

/** In per cent; nothing can be said against nothing. */
function changeText(value: number, before: number): string {
  if (before === 0) return '—';
  const percent = ((value - before) / Math.abs(before)) * 100;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)}%`;
}

function Figures({ points, onPick }: Readonly<{
  points: readonly Point[]; onPick: (at: number) => void;
}>) {
  const { t } = useText();
  return (
    <table className={styles.figures}>
      <tbody>
        {points.map((point, at) => (
          <tr key={`${point.name} ${at}`}>
            <th scope="row">{point.name}</th>
            <td className="number">
              <Button
                type="text" size="small" aria-label={t('pivot.open', { text: point.text })}
                onClick={() => {
                  onPick(at);
                }}
              >
                {point.text}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
