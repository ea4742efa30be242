import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { putPlan } from '@/imports/import-api';
import type { ImportJob } from '@/imports/import-api';
import { useDraft } from '@/ui/draft';
import { Panel } from '@/ui/page';
import { useUrlState } from '@/ui/url-state';
import { FailedLine } from '@/ui/states';
import { MappingTable } from './mapping-table';
import {
  asksForTax, firstState, linkKeys, planOf, suggestedColumns,
} from './mapping-state';
import type { MappingState } from './mapping-state';
import { TaxQuestion } from './tax-question';
import styles from './imports.module.css';

type Props = Readonly<{ job: ImportJob; onPlanned: () => void }>;

/** Which column is what. Suggestions are filled in; the person confirms or changes them. */
export function MappingForm({ job, onPlanned }: Props) {
  const { t } = useText();
  const { objects } = useMeta();
  const client = useQueryClient();
  const [params] = useUrlState();
  const wanted = params.get('object');
  const first = useMemo(() => firstState(job, objects, wanted), [job, objects, wanted]);
  const [state, setState, clear] = useDraft<MappingState>(`import.${job.id}`, first);
  const object = objects.find((one) => one.api_name === state.object);
  const check = useMutation({
    mutationFn: () => putPlan(job.id, planOf(state)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['imports'] });
      clear();
      onPlanned();
    },
  });
  const mapped = Object.values(state.columns).filter((choice) => choice !== null).length;
  const taxOpen = asksForTax(state) && state.tax === null;
  const unmatched = state.mode === 'upsert' && state.match.length === 0;
  const ready = mapped > 0 && !taxOpen && !unmatched;
  if (!object) return null;
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) check.mutate();
      }}
    >
      <Target job={job} state={state} object={object} onChange={setState} />
      <Panel
        flush
        title={t('imports.mapping')}
        tools={(
          <span className="faint">
            {t('imports.mapped', { n: mapped, total: job.columns?.length ?? 0 })}
          </span>
        )}
      >
        <MappingTable job={job} state={state} object={object} onChange={setState} />
      </Panel>
      {asksForTax(state) && <TaxQuestion state={state} onChange={setState} />}
      {check.isError && <FailedLine error={check.error} />}
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={check.isPending}>
          {t('imports.check')}
        </Button>
        <span className="faint">{t(taxOpen ? 'imports.tax_open' : 'imports.check_text')}</span>
      </div>
    </form>
  );
}

type TargetProps = Readonly<{
  job: ImportJob; state: MappingState; object: ObjectMeta; onChange: (next: MappingState) => void;
}>;

function Target({ job, state, object, onChange }: TargetProps) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const importable = objects.filter((one) => one.rights.import);
  const label = (one: ObjectMeta) => labelOf(one.label, language, one.api_name);
  return (
    <Panel>
      <div className={styles.target}>
        <label className={styles.field}>
          <span>{t('imports.object')}</span>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={state.object}
            options={importable.map((one) => ({
              value: one.api_name,
              label: one.api_name === 'order_line' ? t('imports.sales_file') : label(one),
            }))}
            onChange={(name) => {
              const next = objects.find((one) => one.api_name === name);
              if (!next) return;
              const columns = suggestedColumns(job.columns ?? [], next, objects);
              onChange({ ...state, object: name, columns, mode: 'create', match: [] });
            }}
          />
        </label>
        <label className={styles.field}>
          <span>{t('imports.mode')}</span>
          <Select
            value={state.mode}
            options={[
              { value: 'create', label: t('imports.mode.create') },
              { value: 'upsert', label: t('imports.mode.upsert') },
            ]}
            onChange={(mode) => {
              const [key] = linkKeys(object);
              onChange({ ...state, mode, match: mode === 'upsert' && key ? [key.api_name] : [] });
            }}
          />
        </label>
        {state.mode === 'upsert' && (
          <label className={styles.field}>
            <span>{t('imports.match')}</span>
            <Select
              mode="multiple"
              value={[...state.match]}
              options={linkKeys(object).map((field) => ({
                value: field.api_name, label: labelOf(field.label, language, field.api_name),
              }))}
              onChange={(match: string[]) => {
                onChange({ ...state, match });
              }}
            />
          </label>
        )}
      </div>
    </Panel>
  );
}
