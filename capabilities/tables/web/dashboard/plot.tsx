import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import Chart from '@/ui/chart';

register([BarChart, FunnelChart, LineChart, PieChart, GridComponent, CanvasRenderer]);

export default Chart;
