// Ratios of a year's figures: what finance reads of an annual report.

import type { Fields } from '@/api/types';

export const RATIOS = [
  'growth', 'gross_margin', 'net_margin', 'selling', 'admin', 'cash',
] as const;
export type Ratio = (typeof RATIOS)[number];

const numberOf = (fields: Fields | undefined, name: string): number | null => {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? Number(value) : null;
};

function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}

/** Null where a figure is missing or what it is divided by is not positive. */
export function ratioOf(ratio: Ratio, year: Fields, before: Fields | undefined): number | null {
  const revenue = numberOf(year, 'revenue');
  const profit = numberOf(year, 'profit');
  switch (ratio) {
    case 'growth': {
      const now = share(revenue, numberOf(before, 'revenue'));
      return now === null ? null : now - 1;
    }
    case 'gross_margin': {
      const cost = share(numberOf(year, 'cost_of_sales'), revenue);
      return cost === null ? null : 1 - cost;
    }
    case 'net_margin': return share(profit, revenue);
    case 'selling': return share(numberOf(year, 'selling_expense'), revenue);
    case 'admin': return share(numberOf(year, 'admin_expense'), revenue);
    case 'cash': return share(numberOf(year, 'cash_flow'), profit);
  }
}
