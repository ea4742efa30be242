import { useCallback } from 'react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDecimal, parseDecimal, roundTo } from '@/lib/decimal';
import { exactAmount, formatAmount, withSymbol } from '@/lib/money';
import { unitLabelKey } from '@/ui/money';
import { isMoney } from './ranking-state';
import type { Measure, RankingState, Tax } from './ranking-state';

export const MEASURE_LABELS: Readonly<Record<Measure, string>> = {
  net_sales: 'identify.measure.net_sales',
  gross_profit: 'identify.measure.gross_profit',
  quantity: 'identify.measure.quantity',
  orders: 'identify.measure.orders',
  projects: 'identify.measure.projects',
  signed: 'identify.measure.signed',
  invoiced: 'identify.measure.invoiced',
  cash_received: 'identify.measure.cash_received',
};

export const TAX_LABELS: Readonly<Record<Tax, string>> = {
  exclusive: 'identify.tax.exclusive', inclusive: 'identify.tax.inclusive',
};

const AXIS_PLACES = 4;

/** How values of the chosen measure are written: on axes, in the table, in full. */
export function useValueText(state: Pick<RankingState, 'measure' | 'unit' | 'tax'>) {
  const { measure, unit, tax } = state;
  const { t } = useText();
  const { workspace } = useMeta();
  const isAmount = isMoney(measure);
  const axisText = useCallback((value: number) => {
    const decimal = parseDecimal(value.toFixed(AXIS_PLACES));
    if (!decimal) return String(value);
    const text = isAmount
      ? formatAmount(value.toFixed(AXIS_PLACES), unit, AXIS_PLACES)
      : formatDecimal(roundTo(decimal, 2));
    return text.replace(/\.?0+$/, '');
  }, [isAmount, unit]);
  const shown = useCallback((value: string) => {
    if (isAmount) return withSymbol(formatAmount(value, unit), workspace.currency);
    const decimal = parseDecimal(value);
    return decimal ? formatDecimal(decimal).replace(/\.0+$/, '') : value;
  }, [isAmount, unit, workspace.currency]);
  const exact = useCallback(
    (value: string) => (isAmount ? exactAmount(value, workspace.currency) : value),
    [isAmount, workspace.currency],
  );
  const name = t(MEASURE_LABELS[measure]);
  const basis = isAmount ? t(TAX_LABELS[tax]) : '';
  const measureTitle = isAmount
    ? t('identify.measure_title', { name, basis, unit: t(unitLabelKey(unit)) }) : name;
  const basisNote = isAmount ? `${t(unitLabelKey(unit))} · ${basis}` : '';
  return { isAmount, axisText, shown, exact, measureTitle, basisNote };
}
