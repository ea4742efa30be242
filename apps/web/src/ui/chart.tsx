import { init } from 'echarts/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';

type Props = Readonly<{
  option: EChartsCoreOption; label: string; className?: string;
  /** A part of the chart was clicked: its place among the data. */
  onPick?: (index: number) => void;
}>;

/**
 * The canvas that shows an option; it follows the size of its box. Whoever uses it registers the
 * kinds of charts that it needs.
 */
export default function Chart({ option, label, className, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const instance = init(box.current);
    chart.current = instance;
    const observer = new ResizeObserver(() => {
      instance.resize();
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  useEffect(() => {
    const instance = chart.current;
    if (!instance || !onPick) return undefined;
    const pick = (event: { dataIndex?: number }) => {
      if (event.dataIndex !== undefined) onPick(event.dataIndex);
    };
    instance.on('click', pick);
    return () => {
      instance.off('click', pick);
    };
  }, [onPick]);
  return <div ref={box} className={className} role="img" aria-label={label} />;
}
