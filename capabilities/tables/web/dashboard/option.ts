import type { EChartsCoreOption } from 'echarts/core';
import type { Tokens } from '@/theme/tokens';
import type { TileKind } from '../views/definition';

export type Point = Readonly<{
  name: string; value: number; colour: string | null; text: string;
  /** Scatter: how high the point is. */
  up?: number;
}>;

/** How a chart is drawn beside its points. */
export type Drawing = Readonly<{ colours: Tokens; font: string; across: string; up: string }>;

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

type Label = Readonly<{ color: string; fontFamily: string; fontSize: number }>;

function axisOf(label: Label, colours: Tokens, name: string) {
  return {
    type: 'value', name, nameLocation: 'end', nameTextStyle: label, axisLabel: label,
    splitLine: { lineStyle: { color: colours.line } }, splitNumber: 3,
  };
}

/** One point for each group: one measure goes across, another one up. */
function scatterOf(points: readonly Point[], drawing: Drawing, label: Label): EChartsCoreOption {
  const { colours } = drawing;
  return {
    grid: { left: 8, right: 24, top: 28, bottom: 24, containLabel: true },
    xAxis: { ...axisOf(label, colours, drawing.across), nameLocation: 'middle', nameGap: 24 },
    yAxis: { ...axisOf(label, colours, drawing.up), nameTextStyle: { ...label, align: 'left' } },
    series: [{
      type: 'scatter', symbolSize: 11,
      data: paint(points, colours).map((item, at) => (
        { ...item, value: [points[at]?.value ?? 0, points[at]?.up ?? 0] }
      )),
      label: {
        ...label, show: true, position: 'right',
        formatter: ({ dataIndex }: { dataIndex: number }) => points[dataIndex]?.name ?? '',
      },
      labelLayout: { hideOverlap: true },
    }],
  };
}

/** Only the way of a line: its figures stand beside it. */
function sparkOf(points: readonly Point[], colours: Tokens): EChartsCoreOption {
  return {
    grid: { left: 4, right: 4, top: 6, bottom: 4 },
    xAxis: { type: 'category', show: false, data: points.map(({ name }) => name) },
    yAxis: { type: 'value', show: false, scale: true },
    series: [{
      type: 'line', data: points.map(({ value }) => value), symbol: 'circle', symbolSize: 4,
      lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent },
      areaStyle: { color: colours['accent-soft'] },
    }],
  };
}

/** Parts of a whole, named where they are. */
function partsOf(
  kind: 'pie' | 'funnel', points: readonly Point[], colours: Tokens, label: Label,
): EChartsCoreOption {
  const formatter = ({ dataIndex }: { dataIndex: number }) => {
    const point = points[dataIndex];
    return point ? `${point.name}  ${point.text}` : '';
  };
  const shape = kind === 'pie' ? { radius: ['48%', '72%'] } : {
    left: 12, right: 12, top: 8, bottom: 8, sort: 'none', gap: 2, minSize: '12%',
  };
  const look = kind === 'pie' ? { ...label, position: 'outside' }
    : { ...label, position: 'inside', color: colours['on-accent'] };
  return {
    series: [{ type: kind, ...shape, data: paint(points, colours), label: { ...look, formatter } }],
  };
}

/** The chart of a tile: one measure over one group, a scatter with two. */
export function chartOf(
  kind: TileKind, points: readonly Point[], drawing: Drawing,
): EChartsCoreOption {
  const { colours, font } = drawing;
  const label = { color: colours['ink-soft'], fontFamily: font, fontSize: 11 };
  const shared = { animation: false, textStyle: { fontFamily: font } };
  if (kind === 'pie' || kind === 'funnel') {
    return { ...shared, ...partsOf(kind, points, colours, label) };
  }
  if (kind === 'scatter') return { ...shared, ...scatterOf(points, drawing, label) };
  if (kind === 'trend') return { ...shared, ...sparkOf(points, colours) };
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
      // There is no third of a record.
      minInterval: points.every(({ value }) => Number.isInteger(value)) ? 1 : 0,
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
