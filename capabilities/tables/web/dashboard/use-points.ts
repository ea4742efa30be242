import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fieldOf, labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { byOption } from '../rows/use-rows';
import { aggregateQuery, groupRequest } from '../rows/table-api';
import { useGroupNames } from '../shared/group-names';
import { useCellContext } from '../shared/use-context';
import type { MeasureKey, Tile } from '../views/definition';
import { MEASURE_TEXTS } from '../views/measure-names';
import { measureText } from '../views/measure-text';
import type { ViewProps } from '../views/pages';
import type { Point } from './option';

const MOST_POINTS = 40;
const COUNT: MeasureKey = { fn: 'count' };

type Order = Readonly<{ by: string; dir: 'desc'; nulls: 'last' }>;

/** Of many groups the last periods, or the largest values; choices keep their own order. */
function orderOf(object: ObjectMeta, tile: Tile): Order | null {
  const field = fieldOf(object, tile.group?.field ?? '');
  if (!field || field.options) return null;
  return { by: isDay(field.type) ? field.api_name : 'm', dir: 'desc', nulls: 'last' };
}

function isDay(type: string | undefined): boolean {
  return type === 'date' || type === 'datetime';
}

/** What a tile shows: its groups with their figures, and the records behind each. */
export function usePoints({ object, view, tile }: ViewProps & Readonly<{ tile: Tile }>) {
  const { t, language } = useText();
  const context = useCellContext();
  const { measure = COUNT, up = COUNT, kind } = tile;
  const keys = tile.group && kind !== 'metric' ? [tile.group] : [];
  const order = keys.length > 0 ? orderOf(object, tile) : null;
  const found = useQuery(aggregateQuery(object.api_name, {
    where: view.definition.where, search: view.search || undefined,
    group: keys.map(groupRequest), totals: true, page: { limit: MOST_POINTS },
    measures: [{ as: 'm', ...measure }, ...(kind === 'scatter' ? [{ as: 'up', ...up }] : [])],
    ...(order ? { sort: [order] } : {}),
  }));
  const answered = byOption(object, tile.group?.field, found.data?.groups ?? []);
  const byDay = isDay(fieldOf(object, tile.group?.field ?? '')?.type);
  const groups = byDay ? answered.filter(({ key }) => key[0] !== null).toReversed() : answered;
  const name = useGroupNames(object, keys, groups.map((group) => group.key));
  const text = (one: MeasureKey, value: unknown) => (
    measureText(fieldOf(object, one.field ?? ''), one.fn, value, context, language)
  );
  const label = (one: MeasureKey) => {
    const field = one.field && labelOf(fieldOf(object, one.field)?.label, language, one.field);
    return field ? `${field} · ${t(MEASURE_TEXTS[one.fn])}` : t(MEASURE_TEXTS[one.fn]);
  };
  const options = fieldOf(object, tile.group?.field ?? '')?.options;
  const points: readonly Point[] = groups.map((group) => ({
    name: name(0, group.key[0] ?? null), value: Number(group.values.m ?? 0),
    up: Number(group.values.up ?? 0), text: text(measure, group.values.m),
    colour: options?.find(({ key }) => key === group.key[0])?.color ?? null,
  }));
  const [across, upwards] = [label(measure), label(up)];
  const axes = useMemo(() => [across, upwards] as const, [across, upwards]);
  return {
    found, points, axes, wheres: groups.map((group) => group.where),
    total: text(measure, found.data?.totals?.m),
  };
}
