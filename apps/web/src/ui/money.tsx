import { Segmented } from 'antd';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { exactAmount, formatAmount, MONEY_UNITS, withSymbol } from '@/lib/money';
import type { MoneyUnit } from '@/lib/money';

const UNIT_LABELS: Readonly<Record<MoneyUnit, string>> = {
  one: 'unit.one', wan: 'unit.wan', yi: 'unit.yi',
};

export function unitLabelKey(unit: MoneyUnit): string {
  return UNIT_LABELS[unit];
}

/** What the workspace's unit of reports is called. */
export function useUnitName(): string {
  const { t } = useText();
  return t(unitLabelKey(useMeta().workspace.unit));
}

/** An amount in the workspace's unit of reports, or in the one given; the exact value on hover. */
export function Amount({ value, unit }: Readonly<{ value: string; unit?: MoneyUnit }>) {
  const { workspace } = useMeta();
  return (
    <span className="tabular" title={exactAmount(value, workspace.currency)}>
      {withSymbol(formatAmount(value, unit ?? workspace.unit), workspace.currency)}
    </span>
  );
}

type UnitSwitchProps = Readonly<{ unit: MoneyUnit; onChange: (unit: MoneyUnit) => void }>;

export function UnitSwitch({ unit, onChange }: UnitSwitchProps) {
  const { t } = useText();
  return (
    <Segmented<MoneyUnit>
      aria-label={t('unit.label')}
      value={unit}
      options={MONEY_UNITS.map((value) => ({ value, label: t(UNIT_LABELS[value]) }))}
      onChange={onChange}
    />
  );
}
