import { BarChart, FunnelChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import Chart from '@/ui/chart';

register([
  BarChart, FunnelChart, LineChart, PieChart, ScatterChart, GridComponent, LabelLayout,
  CanvasRenderer,
]);

export default Chart;
