import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import Chart from '@/ui/chart';

register([CustomChart, LineChart, GridComponent, MarkAreaComponent, CanvasRenderer]);

export default Chart;
