// What an account bought, by product and period, and what follows from the sums.

export type Sums = Readonly<{ amount: number; quantity: number; cost: number }>;
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];
export const MEASURES = ['amount', 'quantity', 'margin', 'price'] as const;
export type Measure = (typeof MEASURES)[number];

export type ProductRow = Readonly<{
  id: string; name: string; total: Sums; periods: ReadonlyMap<string, Sums>;
}>;
type Group = Readonly<{ key: readonly unknown[]; values: Readonly<Record<string, unknown>> }>;

const NOTHING: Sums = { amount: 0, quantity: 0, cost: 0 };

const add = (left: Sums, right: Sums): Sums => ({
  amount: left.amount + right.amount, quantity: left.quantity + right.quantity,
  cost: left.cost + right.cost,
});

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Groups by product, name and period, as rows with the largest first. */
export function productRows(groups: readonly Group[]): readonly ProductRow[] {
  const rows = new Map<string, { name: string; periods: Map<string, Sums> }>();
  for (const { key, values } of groups) {
    const [product, name, period] = key.map(text);
    const row = rows.get(product ?? '') ?? { name: name ?? '', periods: new Map<string, Sums>() };
    const sums = {
      amount: Number(values.net_amount ?? 0), quantity: Number(values.quantity ?? 0),
      cost: Number(values.cost ?? 0),
    };
    row.periods.set(period ?? '', add(row.periods.get(period ?? '') ?? NOTHING, sums));
    rows.set(product ?? '', row);
  }
  return [...rows].map(([id, { name, periods }]) => ({
    id, name, periods, total: [...periods.values()].reduce(add, NOTHING),
  })).sort((left, right) => right.total.amount - left.total.amount);
}

/** Margin is a share of the amount, price the amount for one; null without what divides it. */
export function valueOf(sums: Sums | undefined, measure: Measure): number | null {
  if (!sums) return null;
  if (measure === 'amount' || measure === 'quantity') return sums[measure];
  if (measure === 'margin') {
    return sums.amount > 0 && sums.cost > 0 ? (sums.amount - sums.cost) / sums.amount : null;
  }
  return sums.quantity > 0 ? sums.amount / sums.quantity : null;
}

/** The first day of the periods that are shown: twelve months, eight quarters or three years. */
export function firstDay(asOf: string, period: Period): string {
  const year = Number(asOf.slice(0, 4));
  const month = Number(asOf.slice(5, 7));
  if (period === 'year') return `${String(year - 2)}-01-01`;
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  const begins = period === 'month' ? year * 12 + month - 12 : year * 12 + quarter - 1 - 21;
  const first = `${String(Math.floor(begins / 12))}-${String((begins % 12) + 1).padStart(2, '0')}`;
  return `${first}-01`;
}
