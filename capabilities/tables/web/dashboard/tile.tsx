import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { Ellipsis } from 'lucide-react';
import { Suspense, lazy, useCallback, useMemo } from 'react';
import { fieldOf } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { useScheme } from '@/theme/preferences';
import { COLOURS, FONT_FAMILY } from '@/theme/tokens';
import { Bone, Failed } from '@/ui/states';
import { byOption } from '../rows/use-rows';
import { aggregateQuery, groupRequest } from '../rows/table-api';
import { useGroupNames } from '../shared/group-names';
import { useCellContext } from '../shared/use-context';
import type { Tile } from '../views/definition';
import { measureText } from '../views/measure-text';
import type { ViewProps } from '../views/pages';
import { chartOf } from './option';
import type { Point } from './option';
import styles from './dashboard.module.css';

const Plot = lazy(() => import('./plot'));
const MOST_POINTS = 40;

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

function usePoints({ object, view, tile }: Props) {
  const { language } = useText();
  const context = useCellContext();
  const measure = tile.measure ?? { fn: 'count' as const };
  const keys = tile.group && tile.kind !== 'metric' ? [tile.group] : [];
  const found = useQuery(aggregateQuery(object.api_name, {
    where: view.definition.where, search: view.search || undefined,
    group: keys.map(groupRequest), measures: [{ as: 'm', ...measure }], totals: true,
    page: { limit: MOST_POINTS },
  }));
  const groups = byOption(object, tile.group?.field, found.data?.groups ?? []);
  const name = useGroupNames(object, keys, groups.map((group) => group.key));
  const field = fieldOf(object, measure.field ?? '');
  const text = (value: unknown) => measureText(field, measure.fn, value, context, language);
  const options = fieldOf(object, tile.group?.field ?? '')?.options;
  const points: readonly Point[] = groups.map((group) => ({
    name: name(0, group.key[0] ?? null), value: Number(group.values.m ?? 0),
    text: text(group.values.m),
    colour: options?.find(({ key }) => key === group.key[0])?.color ?? null,
  }));
  const wheres = groups.map((group) => group.where);
  return { found, points, wheres, total: text(found.data?.totals?.m) };
}

function Content(props: Props) {
  const { tile, view } = props;
  const { t } = useText();
  const scheme = useScheme();
  const { found, points, wheres, total } = usePoints(props);
  const written = JSON.stringify(points);
  const option = useMemo(
    () => chartOf(tile.kind, JSON.parse(written) as Point[], COLOURS[scheme], FONT_FAMILY),
    [tile.kind, written, scheme],
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
