import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Tokens } from '@/theme/tokens';
import { barsOf } from './classes';
import type { ClassCounts } from './classes';
import type { RankingRow } from './ranking-api';

/** The room around the plot; the overlay for thresholds and selection uses the same numbers. */
export const PLOT = { left: 68, right: 64, top: 30, bottom: 34 } as const;
const MOST_BARS = 320;

export type ChartInput = Readonly<{
  rows: readonly RankingRow[];
  customers: number;
  counts: ClassCounts;
  colours: Tokens;
  formatValue: (value: number) => string;
  texts: Readonly<{ cumulative: string }>;
  font: string;
}>;

function bands({ counts, customers, colours }: ChartInput) {
  const edges = [0, counts.A, counts.A + counts.B, customers];
  const paints = [colours['band-a'], colours['band-b'], colours['band-c']];
  return paints.flatMap((color, index) => {
    const from = edges[index] ?? 0;
    const to = edges[index + 1] ?? 0;
    return from < to ? [[{ xAxis: from, itemStyle: { color } }, { xAxis: to }]] : [];
  });
}

const renderBar: CustomSeriesRenderItem = (_params, api) => {
  const from = Number(api.value(0));
  const to = Number(api.value(1));
  const [x = 0, y = 0] = api.coord([from, api.value(2)]);
  const [right = 0, base = 0] = api.coord([to, 0]);
  const width = right - x;
  const gap = width > 4 ? Math.min(6, width * 0.18) : 0;
  return {
    type: 'rect',
    shape: {
      x: x + gap / 2, y, width: Math.max(0.6, width - gap), height: Math.max(0.6, base - y),
      r: width > 8 ? [2, 2, 0, 0] : 0,
    },
    style: { fill: api.visual('color') },
  };
};

/** Bars and the cumulative curve on one plot, class bands behind them. */
export function chartOption(input: ChartInput): EChartsCoreOption {
  const { rows, customers, counts, colours, texts, font } = input;
  const positive = rows.filter((row) => row.cum_share !== null);
  const paint = { A: colours['class-a'], B: colours['class-b'], C: colours['class-c'] };
  const bars = barsOf(positive.map((row) => Number(row.value)), MOST_BARS).map((bar) => {
    const middle = (bar.from + bar.to + 1) / 2;
    const name = middle <= counts.A ? 'A' : middle <= counts.A + counts.B ? 'B' : 'C';
    return { value: [bar.from, bar.to, bar.height], itemStyle: { color: paint[name] } };
  });
  const curve = [[0, 0], ...positive.map((row, index) => [index + 1, row.cum_share ?? 0])];
  const label = { color: colours['ink-faint'], fontFamily: font, fontSize: 11 };
  const name = { ...label, fontWeight: 500 as const };
  return {
    animation: false,
    grid: { ...PLOT },
    xAxis: {
      type: 'value', min: 0, max: Math.max(1, customers), splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: colours['line-strong'] } },
      axisTick: { show: false }, axisLabel: { ...label, hideOverlap: true }, minInterval: 1,
    },
    yAxis: [
      {
        type: 'value', min: 0,
        splitLine: { lineStyle: { color: colours.line } }, splitNumber: 4,
        axisLabel: { ...label, formatter: input.formatValue },
      },
      {
        type: 'value', min: 0, max: 1, interval: 0.25, name: texts.cumulative,
        nameTextStyle: { ...name, align: 'right', padding: [0, -56, 0, 0] },
        splitLine: { show: false },
        axisLabel: { ...label, formatter: (share: number) => `${Math.round(share * 100)}%` },
      },
    ],
    series: [
      {
        type: 'custom', renderItem: renderBar, data: bars, encode: { x: [0, 1], y: 2 },
        silent: true, clip: true, z: 2,
      },
      {
        type: 'line', yAxisIndex: 1, data: curve, showSymbol: false, silent: true, z: 3,
        lineStyle: { color: colours.curve, width: 1.8 },
        markArea: { silent: true, data: bands(input) },
      },
    ],
  };
}
