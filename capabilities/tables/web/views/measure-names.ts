import type { MeasureFn } from './definition';

export const MEASURE_TEXTS: Readonly<Record<MeasureFn, string>> = {
  count: 'tables.fn_count', count_distinct: 'tables.fn_count_distinct', sum: 'tables.fn_sum',
  avg: 'tables.fn_avg', min: 'tables.fn_min', max: 'tables.fn_max', median: 'tables.fn_median',
};
