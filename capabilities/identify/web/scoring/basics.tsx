import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { fieldOf, labelOf, optionLabel } from '@/api/meta';
import type { FieldError, Filter } from '@/api/types';
import { FilterText } from '@/records/filter-text';
import { Panel } from '@/ui/page';
import { errorAt } from './model';
import type { Definition, Threshold } from './model';
import { useWords } from './use-words';
import styles from './scoring.module.css';

export type PartProps = Readonly<{
  definition: Definition; errors: readonly FieldError[];
  onChange: (part: Partial<Definition>) => void;
}>;

export function Field({ label, id, error, children }: Readonly<{
  label: string; id: string; error?: string; children: ReactNode;
}>) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>{label}</label>
      {children}
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </div>
  );
}

/** Name, whom the model scores, and from how many points which tier begins. */
export function Basics({ definition, errors, onChange }: PartProps) {
  const { t } = useWords();
  const { name, thresholds, margin } = definition;
  return (
    <Panel>
      <div className={styles.pair}>
        <Field label={t('scoring.name')} id="scoring-name" error={errorAt(errors, '/name')}>
          <Input
            id="scoring-name" value={name}
            onChange={(event) => {
              onChange({ name: event.target.value });
            }}
          />
        </Field>
        <Scope scope={definition.scope} error={errorAt(errors, '/scope')} onChange={onChange} />
      </div>
      <h3 className={styles.heading}>{t('scoring.thresholds')}</h3>
      <Thresholds thresholds={thresholds} errors={errors} onChange={onChange} />
      <div className={styles.margin}>
        <Field label={t('scoring.margin')} id="scoring-margin" error={errorAt(errors, '/margin')}>
          <Input
            id="scoring-margin" className={styles.short} inputMode="decimal" value={margin}
            onChange={(event) => {
              onChange({ margin: event.target.value });
            }}
          />
        </Field>
        <span className="faint">{t('scoring.margin_text')}</span>
      </div>
    </Panel>
  );
}

/** The sectors of a scope that this page can change; null: another filter. */
function sectorsOf(scope: Filter | null): readonly string[] | null {
  if (scope === null) return [];
  const { op, field, value } = scope;
  return op === 'in' && field === 'sector' && Array.isArray(value) ? value.map(String) : null;
}

function Scope({ scope, error, onChange }: Readonly<{
  scope: Filter | null; error: string | undefined; onChange: PartProps['onChange'];
}>) {
  const { t, language, account } = useWords();
  const sectors = sectorsOf(scope);
  const sector = account && fieldOf(account, 'sector');
  return (
    <Field
      label={t('scoring.scope', { field: labelOf(sector?.label, language, 'sector') })}
      id="scoring-scope" error={error}
    >
      {sectors === null && account && scope ? <FilterText filter={scope} object={account} /> : (
        <Select
          id="scoring-scope" mode="multiple" allowClear placeholder={t('scoring.all_accounts')}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...sectors ?? []]}
          options={(sector?.options ?? []).map((one) => (
            { value: one.key, label: optionLabel(one, language) }
          ))}
          onChange={(value) => {
            onChange({ scope: value.length === 0 ? null : { op: 'in', field: 'sector', value } });
          }}
        />
      )}
    </Field>
  );
}

function Thresholds({ thresholds, errors, onChange }: Readonly<{
  thresholds: readonly Threshold[]; errors: PartProps['errors']; onChange: PartProps['onChange'];
}>) {
  const { t, tierName } = useWords();
  return (
    <div className={styles.thresholds}>
      {thresholds.map((threshold, place) => {
        const last = place === thresholds.length - 1;
        const error = errorAt(errors, `/thresholds/${place}`);
        return (
          <div className={styles.field} key={threshold.tier}>
            <label className={styles.label} htmlFor={`tier-${threshold.tier}`}>
              {t('scoring.tier_from', { tier: tierName(threshold.tier) })}
            </label>
            <Input
              id={`tier-${threshold.tier}`} inputMode="decimal" value={String(threshold.from)}
              readOnly={last} status={error === undefined ? '' : 'error'}
              onChange={(event) => {
                const from = event.target.value;
                onChange({
                  thresholds: thresholds.map((one, at) => (at === place ? { ...one, from } : one)),
                });
              }}
            />
            {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
          </div>
        );
      })}
    </div>
  );
}
