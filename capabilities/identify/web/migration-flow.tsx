import { SankeyChart } from 'echarts/charts';
import { use as register } from 'echarts/core';
import { useMemo } from 'react';
import type { Tokens } from '@/theme/tokens';
import Chart from './chart';
import type { Migration } from './ranking-api';

register([SankeyChart]);

type Props = Readonly<{
  migration: readonly Migration[];
  colours: Tokens;
  names: Readonly<Record<string, string>>;
  font: string;
  label: string;
  className?: string;
}>;

/** Class before on the left, class now on the right, the width is the number of customers. */
export default function MigrationFlow(props: Props) {
  const { migration, colours, names, font } = props;
  const option = useMemo(() => {
    const paint: Readonly<Record<string, string>> = {
      A: colours['class-a'], B: colours['class-b'], C: colours['class-c'],
      new: colours.success, lost: colours.danger,
    };
    const flows = migration.filter((one) => one.customers > 0);
    const sum = (side: 'from' | 'to', name: string) => flows
      .filter((one) => one[side] === name)
      .reduce((total, one) => total + one.customers, 0);
    const nodes = (side: 'from' | 'to', order: readonly string[]) => order
      .filter((name) => sum(side, name) > 0)
      .map((name) => ({
        name: `${side} ${name}`, depth: side === 'from' ? 0 : 1,
        itemStyle: { color: paint[name] },
        label: {
          position: side === 'from' ? 'right' : 'left',
          formatter: `${names[name] ?? name} ${sum(side, name)}`,
        },
      }));
    return {
      animation: false,
      series: [{
        type: 'sankey', left: 0, right: 0, top: 6, bottom: 6, nodeWidth: 10, nodeGap: 10,
        layoutIterations: 0, draggable: false, emphasis: { focus: 'adjacency' },
        data: [...nodes('from', ['A', 'B', 'C', 'new']), ...nodes('to', ['A', 'B', 'C', 'lost'])],
        links: flows.map((one) => ({
          source: `from ${one.from}`, target: `to ${one.to}`, value: one.customers,
        })),
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        label: {
          color: colours.ink, fontFamily: font, fontSize: 12, textBorderColor: colours.surface,
          textBorderWidth: 2,
        },
      }],
    };
  }, [migration, colours, names, font]);
  return <Chart option={option} label={props.label} className={props.className} />;
}
