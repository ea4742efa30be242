import type { EChartsCoreOption } from 'echarts/core';
import type { Tokens } from '@/theme/tokens';
import type { TileKind } from '../views/definition';

export type Point = Readonly<{ name: string; value: number; colour: string | null; text: string }>;

/** Told apart by people who see fewer colours, too. */
const SERIES = [
  'tag-blue', 'tag-orange', 'tag-cyan', 'tag-purple', 'tag-green', 'tag-red', 'tag-yellow',
  'tag-grey',
] as const;

function paint(points: readonly Point[], colours: Tokens) {
  return points.map((point, at) => {
    const own = SERIES.find((name) => name === `tag-${point.colour ?? ''}`);
    return {
      name: point.name, value: point.value,
      itemStyle: { color: colours[own ?? SERIES[at % SERIES.length] ?? 'tag-blue'] },
    };
  });
}

/** The chart of a tile: one measure over one group. */
export function chartOf(
  kind: TileKind, points: readonly Point[], colours: Tokens, font: string,
): EChartsCoreOption {
  const label = { color: colours['ink-soft'], fontFamily: font, fontSize: 11 };
  const shared = { animation: false, textStyle: { fontFamily: font } };
  const named = ({ dataIndex }: { dataIndex: number }) => {
    const point = points[dataIndex];
    return point ? `${point.name}  ${point.text}` : '';
  };
  if (kind === 'pie' || kind === 'funnel') {
    const shape = kind === 'pie' ? { radius: ['48%', '72%'] } : {
      left: 12, right: 12, top: 8, bottom: 8, sort: 'none', gap: 2, minSize: '12%',
    };
    return {
      ...shared,
      series: [{
        type: kind, ...shape, data: paint(points, colours),
        label: { ...label, formatter: named, position: kind === 'pie' ? 'outside' : 'inside' },
        ...(kind === 'funnel' ? { label: { ...label, color: '#fff', formatter: named } } : {}),
      }],
    };
  }
  const line = kind === 'line';
  return {
    ...shared,
    grid: { left: 8, right: 12, top: 22, bottom: 6, containLabel: true },
    xAxis: {
      type: 'category', data: points.map(({ name }) => name), axisTick: { show: false },
      axisLine: { lineStyle: { color: colours['line-strong'] } },
      axisLabel: { ...label, hideOverlap: true, interval: line ? 'auto' : 0, width: 72,
        overflow: 'truncate' },
    },
    yAxis: {
      type: 'value', min: line ? undefined : 0, axisLabel: { ...label, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.line } }, splitNumber: 3,
    },
    series: [{
      type: line ? 'line' : 'bar', barMaxWidth: 42,
      data: line ? points.map(({ value }) => value) : paint(points, colours),
      lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent },
      label: { ...label, show: points.length <= 14, position: 'top',
        formatter: ({ dataIndex }: { dataIndex: number }) => points[dataIndex]?.text ?? '' },
    }],
  };
}
