import { Radio, Select } from 'antd';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import type { MappingState, TaxAnswer } from './mapping-state';
import styles from './imports.module.css';

const RATES = ['13', '9', '6', '3', '1', '0'] as const;
const ANSWERS: readonly (readonly [TaxAnswer, string])[] = [
  ['exclusive', 'imports.tax.exclusive'],
  ['inclusive', 'imports.tax.inclusive'],
  ['unknown', 'imports.tax.unknown'],
];

type Props = Readonly<{ state: MappingState; onChange: (next: MappingState) => void }>;

/** Whether the amounts include tax: the file rarely says it, so the person is asked. */
export function TaxQuestion({ state, onChange }: Props) {
  const { t } = useText();
  const hasRate = Object.values(state.columns).some((choice) => choice?.field === 'tax_rate');
  return (
    <Panel title={t('imports.tax')}>
      <p className={styles.question}>{t('imports.tax_text')}</p>
      <Radio.Group
        value={state.tax}
        className={styles.answers}
        options={ANSWERS.map(([value, label]) => ({ value, label: t(label) }))}
        onChange={(event) => {
          onChange({ ...state, tax: event.target.value as TaxAnswer });
        }}
      />
      {state.tax !== null && state.tax !== 'unknown' && !hasRate && (
        <label className={styles.rate}>
          <span>{t('imports.tax_rate')}</span>
          <Select
            allowClear
            className={styles.rateBox}
            placeholder={t('imports.tax_rate_unknown')}
            value={state.taxRate}
            options={RATES.map((rate) => ({
              value: rate, label: `${rate}%`,
            }))}
            onChange={(taxRate: string | undefined) => {
              onChange({ ...state, taxRate: taxRate ?? null });
            }}
          />
        </label>
      )}
    </Panel>
  );
}
