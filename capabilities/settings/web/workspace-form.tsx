import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, InputNumber, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { asProblem, errorsByField } from '@/api/problem';
import { saveSettings, settingsQuery } from '@/api/settings';
import type { Settings } from '@/api/settings';
import { useText } from '@/i18n/use-text';
import { useDraft } from '@/ui/draft';
import { MONEY_UNITS } from '@/lib/money';
import { unitLabelKey } from '@/ui/money';
import { Panel } from '@/ui/page';
import { SaveChanges } from '@/ui/save-changes';
import { Bone, Failed, FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { WorkingCalendar } from './working-calendar';
import styles from './settings.module.css';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'];
const NO_CHANGE: Partial<Settings> = {};
const STANDARD_ABC = { a: 0.55, b: 0.3, convention: 'before' } as const;

function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

export function WorkspaceForm() {
  const found = useQuery(settingsQuery);
  if (found.isPending) {
    return (
      <Panel>
        <div className={styles.form}>
          {Array.from({ length: 6 }, (_, index) => <Bone key={index} width={320} height={32} />)}
        </div>
      </Panel>
    );
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Form stored={found.data} />;
}

type FieldProps = Readonly<{ label: string; error?: string; note?: string; children: ReactNode }>;

function Field({ label, error, note, children }: FieldProps) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {note !== undefined && <span className="faint">{note}</span>}
      {error !== undefined && <span className={styles.error} role="alert">{error}</span>}
    </label>
  );
}

function Form({ stored }: Readonly<{ stored: Settings }>) {
  const { t } = useText();
  const client = useQueryClient();
  const [draft, setDraft, clear] = useDraft('settings', NO_CHANGE);
  const values = { ...stored, ...draft };
  const set = (change: Partial<Settings>) => {
    setDraft({ ...draft, ...change });
  };
  const save = useMutation({
    mutationFn: () => saveSettings(draft),
    onSuccess: async () => {
      await client.invalidateQueries();
      clear();
      showToast({ tone: 'success', text: t('settings.saved') });
    },
  });
  const errors = save.error ? errorsByField(asProblem(save.error)) : {};
  const changed = Object.keys(draft).length > 0;
  return (
    <Panel>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) save.mutate();
        }}
      >
        <Basics values={values} errors={errors} set={set} />
        <AbcDefaults values={values} errors={errors} set={set} />
        <WorkingCalendar
          calendar={values.working_calendar ?? {}} error={errors.working_calendar}
          onChange={(working_calendar) => {
            set({ working_calendar });
          }}
        />
        {save.isError && Object.keys(errors).length === 0 && <FailedLine error={save.error} />}
        <SaveChanges changed={changed} busy={save.isPending} onDiscard={clear} />
      </form>
    </Panel>
  );
}

type PartProps = Readonly<{
  values: Settings;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<Settings>) => void;
}>;

function Basics({ values, errors, set }: PartProps) {
  const { t } = useText();
  return (
    <>
      <Field label={t('settings.name')} error={errors.workspace_name}>
        <Input
          value={values.workspace_name}
          onChange={(event) => {
            set({ workspace_name: event.target.value });
          }}
        />
      </Field>
      <Field label={t('settings.time_zone')} error={errors.time_zone}>
        <Select
          showSearch
          value={values.time_zone}
          options={timeZones().map((value) => ({ value, label: value }))}
          onChange={(time_zone) => {
            set({ time_zone });
          }}
        />
      </Field>
      <Field
        label={t('settings.currency')} note={t('settings.currency_note')} error={errors.currency}
      >
        <Select
          value={values.currency}
          options={CURRENCIES.map((value) => ({ value, label: value }))}
          onChange={(currency) => {
            set({ currency });
          }}
        />
      </Field>
      <Field label={t('settings.fiscal_year_start')} error={errors.fiscal_year_start_month}>
        <Select
          value={values.fiscal_year_start_month}
          options={MONTHS.map((value) => ({ value, label: t('settings.month', { n: value }) }))}
          onChange={(fiscal_year_start_month) => {
            set({ fiscal_year_start_month });
          }}
        />
      </Field>
      <Field label={t('settings.unit')} error={errors.unit}>
        <Select
          value={values.unit}
          options={MONEY_UNITS.map((value) => ({ value, label: t(unitLabelKey(value)) }))}
          onChange={(unit) => {
            set({ unit });
          }}
        />
      </Field>
    </>
  );
}

function AbcDefaults({ values, errors, set }: PartProps) {
  const { t } = useText();
  const abc = values.abc ?? STANDARD_ABC;
  const change = (part: Partial<typeof abc>) => {
    set({ abc: { ...abc, ...part } });
  };
  const percent = (share: number) => Math.round(share * 1000) / 10;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{t('settings.abc')}</legend>
      <div className={styles.pair}>
        <Field label={t('settings.abc_a')} error={errors.abc}>
          <InputNumber
            suffix="%" min={1} max={98 - percent(abc.b)} value={percent(abc.a)}
            onChange={(value) => {
              if (value !== null) change({ a: value / 100 });
            }}
          />
        </Field>
        <Field label={t('settings.abc_b')}>
          <InputNumber
            suffix="%" min={1} max={99 - percent(abc.a)} value={percent(abc.b)}
            onChange={(value) => {
              if (value !== null) change({ b: value / 100 });
            }}
          />
        </Field>
      </div>
      <div>
        <Segmented<'before' | 'after'>
          value={abc.convention}
          options={[
            { value: 'before', label: t('settings.abc_before') },
            { value: 'after', label: t('settings.abc_after') },
          ]}
          onChange={(convention) => {
            change({ convention });
          }}
        />
      </div>
    </fieldset>
  );
}
